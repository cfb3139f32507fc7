using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>The agent as it is published for a Raspberry Pi's processor, under qemu's user-mode emulation, with a simulated body: every library
/// that it binds (FFmpeg, Opus, OpenSSL) is the board's.</summary>
public sealed partial class Arm64Tests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120); // ten times as slow as the board's own processor
    private static readonly string Agent = Path.Combine(Programs.Root, "tests/HardwareInLoop/arm64/robot-agent");

    [Fact]
    public async Task It_is_in_a_lesson()
    {
        await using var classroom = await Classroom.StartAsync();
        var state = Path.Combine(classroom.Folder, "arm64");
        var relay = classroom.RelayUrl.ToString();
        var enrolled = await ChildProcess.RunAsync(Agent, "enroll", "--relay", relay, "--code", await classroom.EnrolmentCodeAsync(), "--state", state);
        await classroom.BindAsync("lesson", Name().Match(enrolled).Groups[1].Value);
        await using var robot = ChildProcess.Start("robot-agent (arm64)", Agent, "run", "--relay", relay, "--state", state, "--simulate", "--size", "640x360");
        await robot.WaitForLineAsync(Linked(), Patience);

        await using var pupil = await PupilPage.LaunchAsync();
        try
        {
            await pupil.JoinAsync(await classroom.LinkAsync("lesson"), Patience);
            await pupil.WaitUntilAsync(async () => (await pupil.ReadingsAsync()).Count > 30, Patience, "thirty pictures");
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException(robot.Describe("gives no picture"), problem);
        }
    }

    [GeneratedRegex(@"[Ee]nrolled as (\S+?)[.\s]")]
    private static partial Regex Name();

    [GeneratedRegex("Link to the relay is up")]
    private static partial Regex Linked();
}
