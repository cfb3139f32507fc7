using AV1Relay.Codecs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

/// <summary>A driver that never answers does not keep the robot from starting.</summary>
public sealed class DriverCallTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _answers = new();

    [Fact]
    public void One_that_answers_is_waited_for() => Assert.Equal(7, DriverCall.OrHangs(static () => 7, _time));

    [Fact]
    public void What_it_complains_of_is_passed_on()
        => Assert.Equal("busy", Assert.Throws<CodecException>(() => DriverCall.OrHangs<int>(static () => throw new CodecException("busy"), _time)).Message);

    [Fact]
    public void One_that_hangs_is_given_up_after_ten_seconds()
        => Assert.Contains("10 s", Assert.Throws<CodecException>(() => DriverCall.OrHangs(Hang, _time)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_self_test_goes_on_without_it()
    {
        var report = CodecsSelfTest.Run(
            encoder => encoder == KnownEncoder.Vpx ? "well" : encoder.IsHardware ? $"{Hang()}" : throw new CodecException("FFmpeg lacks it."), _time);

        Assert.True(report is { CanH264: false, CanVp8: true }, string.Join(Environment.NewLine, report.Lines));
        Assert.Contains(report.Lines, line => line.Contains("it hangs", StringComparison.Ordinal));
    }

    public void Dispose() => _answers.Set();

    /// <summary>Time goes by, and nothing comes.</summary>
    private int Hang()
    {
        while (!_answers.Wait(1)) _time.Advance(TimeSpan.FromSeconds(1));
        return 0;
    }
}
