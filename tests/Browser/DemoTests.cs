using System.Text.Json;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>The command that a newcomer runs first.</summary>
[Collection(Calls.Name)]
public sealed class DemoTests
{
    [Fact]
    public async Task The_demos_check_sees_the_whole_main_job_and_says_so_in_one_line()
    {
        var output = await ChildProcess.RunAsync(Path.Combine(Programs.Root, "demo.sh"), "--check");

        var line = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.True(line.GetProperty("ok").GetBoolean(), output);
        foreach (var seen in (string[])["audioToPage", "audioToRobot", "handRaised"]) Assert.True(line.GetProperty(seen).GetBoolean(), output);
        Assert.True(line.GetProperty("framesDecoded").GetInt64() > 60, output);
        Assert.True(line.GetProperty("glassToGlassMs").GetProperty("p50").GetDouble() > 0, output);
        Assert.True(line.GetProperty("controlToPhotonMs").GetProperty("p50").GetDouble() > 0, output);
        Assert.True(line.GetProperty("joinMs").GetDouble() > 0, output);
    }
}
