using System.Text.Json;
using AV1Relay.Tests.Rig;

// demo-check LINK ROBOT_PAGE: joins as a pupil and looks whether the main job is done. One line of JSON; exit 0 when all was seen.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: demo-check LINK ROBOT_PAGE");
    return 2;
}

try
{
    var result = await DemoCheck.RunAsync(args[0], new Uri(args[1]));
    Console.WriteLine(JsonSerializer.Serialize(result, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
    return result.Ok ? 0 : 1;
}
catch (Exception problem) when (problem is TimeoutException or HttpRequestException or Microsoft.Playwright.PlaywrightException)
{
    Console.WriteLine(JsonSerializer.Serialize(new { ok = false, reason = problem.Message }));
    return 1;
}
