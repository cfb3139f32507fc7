using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AV1Relay.Tests.Workbench;

// workbench PORT: the first program of the emulated robot. Takes one request a line, a JSON array of words, and answers each with one
// line, {"told": …} or {"problem": "…"}. The machine goes off when the connection ends.
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
Machine.Seed();
await using var bench = new Bench();
using var listener = new TcpListener(IPAddress.Any, int.Parse(args[0], CultureInfo.InvariantCulture));
listener.Start();
Console.WriteLine($"[robot] {Machine.Uptime} s: the workbench is ready");

using var client = await listener.AcceptTcpClientAsync();
client.NoDelay = true;
await using var stream = client.GetStream();
using var reader = new StreamReader(stream);
await using var writer = new StreamWriter(stream) { AutoFlush = true };
while (await reader.ReadLineAsync() is { } line) await writer.WriteLineAsync(await AnswerAsync(line));
Machine.PowerOff();

async Task<string> AnswerAsync(string request)
{
    try
    {
        return JsonSerializer.Serialize(new { told = await bench.DoAsync(JsonSerializer.Deserialize<string[]>(request, json) ?? []) }, json);
    }
    catch (Exception problem) when (problem is not OutOfMemoryException) // each goes back to whoever asked
    {
        return JsonSerializer.Serialize(new { problem = problem.Message }, json);
    }
}
