using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.CommandLine;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.CommandLine;

public sealed class AgentProgramTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("enroll", "--help")]
    [InlineData("doctor", "--help")]
    [InlineData("--version")]
    public async Task Help_and_version_end_well(params string[] arguments)
    {
        var (exitCode, output, _) = await RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(output);
        Assert.DoesNotContain("{ ", output, StringComparison.Ordinal); // no value printed as a type
    }

    [Theory]
    [InlineData("--relay is an http or https URL", "run", "--relay", "relay.example", "--state", "x")]
    [InlineData("--size is 640x360 or 1280x720", "run", "--relay", "http://r", "--state", "x", "--size", "9x9")]
    [InlineData("--codec is h264 or vp8", "run", "--relay", "http://r", "--state", "x", "--codec", "av1")]
    [InlineData("between 100 and 8000", "run", "--relay", "http://r", "--state", "x", "--microphone", "test:1")]
    [InlineData("--page is an address and a port", "run", "--relay", "http://r", "--state", "x", "--page", "here")]
    [InlineData("--allow-remote-page", "run", "--relay", "http://r", "--state", "x", "--page", "0.0.0.0:80")]
    [InlineData("two bodies", "run", "--relay", "http://r", "--state", "x", "--simulate", "--body", "y")]
    [InlineData("can't be read", "run", "--relay", "http://r", "--state", "x", "--body", "/no/such/file")]
    [InlineData("not an enrolment code", "enroll", "--relay", "http://r", "--state", "x", "--code", "ABC")]
    [InlineData("--state", "run", "--relay", "http://r")]
    public async Task A_wrong_use_says_what_is_right(string words, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8090", "127.0.0.1:8090")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("localhost:81", "127.0.0.1:81")]
    [InlineData("[::1]:5", "[::1]:5")]
    public void The_page_listens_on_this_computer(string text, string endpoint) =>
        Assert.Equal(endpoint, RunCommand.ReadPage(text, mayBeRemote: false)!.ToString());

    [Fact]
    public void The_page_listens_elsewhere_only_when_told_so() =>
        Assert.Equal("0.0.0.0:8090", RunCommand.ReadPage("0.0.0.0:8090", mayBeRemote: true)!.ToString());

    [Theory]
    [InlineData("test", null, 880)]
    [InlineData("test:440", null, 440)]
    [InlineData("/dev/video0", "/dev/video0", 880)]
    [InlineData("testing.mp4", "testing.mp4", 880)]
    public void An_input_is_the_virtual_classroom_or_what_FFmpeg_opens(string text, string? source, double toneHz)
    {
        Assert.True(InputName.TryParse(text, out var name));
        Assert.Equal((source, toneHz), (name.Source, name.ToneHz));
    }

    [Theory]
    [InlineData("")]
    [InlineData("test:")]
    [InlineData("test:loud")]
    [InlineData("test:NaN")]
    public void An_input_that_means_nothing_is_refused(string text) => Assert.False(InputName.TryParse(text, out _));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await AgentProgram.RunAsync(arguments, output, error, TimeProvider.System, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
