using System.Text;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>Lines of comma-separated values as a file to be downloaded.</summary>
internal static class CsvFile
{
    public static IResult Of(IEnumerable<string> lines, string name, HttpContext http) =>
        Results.Stream(to => WriteAsync(lines, to, http.RequestAborted), "text/csv; charset=utf-8", name);

    /// <summary>Line after line: none waits for the last. It begins with a byte-order mark: without one, Excel takes UTF-8 for an old code page.</summary>
    internal static async Task WriteAsync(IEnumerable<string> lines, Stream to, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }
}
