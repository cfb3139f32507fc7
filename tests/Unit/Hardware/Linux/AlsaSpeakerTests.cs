using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Linux.Audio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

public sealed class AlsaSpeakerTests
{
    [Fact]
    public async Task The_null_device_takes_sound_and_holds_no_more_than_a_speaker_may()
    {
        await using var speaker = AlsaSpeaker.Open("null", TimeProvider.System);
        for (var n = 0; n < 10; n++)
        {
            await speaker.WriteAsync(new short[PcmFormat.FrameSamples], CancellationToken.None);
            Assert.InRange(speaker.BufferedMs, 0, 120);
        }

        Assert.Equal("alsa", speaker.Kind);
    }

    [Fact]
    public void A_missing_device_says_what_to_check()
    {
        var problem = Assert.Throws<HardwareException>(() => AlsaSpeaker.Open("hw:77,0", TimeProvider.System));
        Assert.Contains("hw:77,0", problem.Message, StringComparison.Ordinal);
        Assert.Contains("aplay -L", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_speaker_takes_nothing_more()
    {
        var speaker = AlsaSpeaker.Open("null", TimeProvider.System);
        await speaker.DisposeAsync();
        await speaker.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await speaker.WriteAsync(new short[10], CancellationToken.None));
    }
}
