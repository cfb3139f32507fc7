using System.Text;
using AV1Relay.StaffConsole.Documents;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

public sealed class CsvFileTests
{
    [Fact]
    public async Task A_file_says_that_it_is_utf_8_so_that_Excel_shows_names_as_they_are()
    {
        using var file = new MemoryStream();

        await CsvFile.WriteAsync(["name", "Zoë"], file, TestContext.Current.CancellationToken);

        Assert.Equal([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("name\r\nZoë\r\n")], file.ToArray());
    }
}
