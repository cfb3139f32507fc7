using AV1Relay.Storage;
using AV1Relay.Storage.Privacy;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage.Records;

public sealed class PupilTablesTests
{
    [Fact]
    public async Task Every_table_of_records_on_pupils_says_how_long_it_is_kept()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

        Assert.Equal(PupilTables.RowsIn(context.Model).Select(row => row.Name).Order(), PupilTables.All.Select(table => table.Row.Name).Order());
    }
}
