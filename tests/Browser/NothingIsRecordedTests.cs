using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>No code path writes media to disk. The kernel is asked, not the programs: every file that they open is traced during a call.</summary>
[Collection(Calls.Name)]
public sealed partial class NothingIsRecordedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // tracing slows the start

    [Fact]
    public async Task During_a_call_relay_and_robot_open_only_their_own_small_files_for_writing()
    {
        await using var classroom = await Classroom.StartAsync(traced: true);
        var robot = await classroom.AddRobotAsync("lesson");
        await using var pupil = await PupilPage.LaunchAsync(523);
        await pupil.JoinAsync(await classroom.LinkAsync("lesson"), Patience);
        await DemoCheck.SpeakAsync(pupil);
        await pupil.WaitUntilAsync(async () => Math.Abs((await robot.StateAsync()).SpeakerToneHz - 523) < 15, Patience, "the pupil's voice at the robot");
        await pupil.WaitUntilAsync(async () => (await pupil.ReadingsAsync()).Count > 90, Patience, "three seconds of picture");

        var opened = classroom.FilesOpenedForWriting;

        Assert.Contains(opened, file => file.Path.StartsWith(classroom.DataFolder, StringComparison.Ordinal)); // the trace does see writes
        Assert.All(opened, file => Assert.True(IsExpected(file.Path, classroom.Folder), $"{file.Path} was opened with {file.Flags}."));
        var kept = Directory.GetFiles(classroom.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".trace", StringComparison.Ordinal)).ToList();
        Assert.All(kept, path => Assert.Matches(OwnFile(), Path.GetFileName(path)));
        // Three seconds of the smallest media that a call has would be more than this.
        Assert.All(kept.Where(path => !path.Contains(".db", StringComparison.Ordinal)), path => Assert.InRange(new FileInfo(path).Length, 0, 16_384));
    }

    // Own data by name; devices and the runtime's own doings (its diagnostics pipe, shared memory, its threads' names) are not files of media.
    private static bool IsExpected(string path, string folder)
        => (path.StartsWith(folder, StringComparison.Ordinal) && OwnFile().IsMatch(Path.GetFileName(path))) || Runtime().IsMatch(path);

    [GeneratedRegex(@"^(relay\.db(-wal|-shm|-journal)?|[a-z.-]+\.(key|pem|crt|cer|der|json|name)(\.\w+|\.tmp)?|(last-time|fencing)(\.tmp)?|audit\.heads|relay\.lock|key-[0-9a-f-]{36}\.xml(\.tmp)?)$")]
    private static partial Regex OwnFile();

    [GeneratedRegex(@"^(/dev/(null|tty|urandom|random|ptmx|shm/lttng-.*)|/proc/.*|/sys/.*|/tmp/(clr-debug-pipe|dotnet-diagnostic)-.*|/tmp/\.dotnet/.*|/memfd:.*|/dev/shm/.*doublemapper.*)$")]
    private static partial Regex Runtime();
}
