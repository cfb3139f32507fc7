using AV1Relay.Domain.Addresses;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class RelayAddressesContract(TestDatabase database)
{
    [Fact]
    public async Task The_last_addresses_are_remembered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var addresses = storage.Get<IRelayAddresses>();
        Assert.Null(await addresses.FindAsync(cancellation));

        await addresses.SaveAsync(new RelayAddresses(["http://a"], ["https://a"], []), cancellation);
        await addresses.SaveAsync(new RelayAddresses(["http://b", "https://c"], ["https://b"], ["0.0.0.0:20000"]), cancellation);

        var found = await addresses.FindAsync(cancellation);
        Assert.Equal(["http://b", "https://c"], found?.PageUrls);
        Assert.Equal(["0.0.0.0:20000"], found?.MediaEndpoints);
    }
}

public sealed class RelayAddressesOnSqliteTests() : RelayAddressesContract(TestDatabase.Sqlite);

public sealed class RelayAddressesOnPostgresTests() : RelayAddressesContract(TestDatabase.Postgres);
