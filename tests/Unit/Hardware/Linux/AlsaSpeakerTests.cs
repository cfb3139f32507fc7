using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Linux.Audio;
using Microsoft.Extensions.Time.Testing;
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
    public async Task A_queue_that_is_full_is_waited_for_and_a_card_that_plays_nothing_is_a_named_fault()
    {
        var time = new FakeTimeProvider();
        var card = new FakePcm(time, queueSamples: 2880);
        await using var speaker = new AlsaSpeaker(card, time);
        await speaker.WriteAsync(new short[2880], CancellationToken.None);
        var writing = speaker.WriteAsync(new short[PcmFormat.FrameSamples], CancellationToken.None).AsTask();
        for (var n = 0; n < 4; n++) time.Advance(TimeSpan.FromMilliseconds(5));
        await writing.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        card.Rate = 0;
        writing = speaker.WriteAsync(new short[PcmFormat.FrameSamples], CancellationToken.None).AsTask();
        for (var n = 0; n < 220 && !writing.IsCompleted; n++) time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(HardwareFault.Silent, (await Assert.ThrowsAsync<HardwareException>(() => writing.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))).Fault);
    }

    [Fact]
    public async Task A_queue_that_ran_dry_goes_on_and_a_card_that_has_gone_does_not()
    {
        var time = new FakeTimeProvider();
        var card = new FakePcm(time, queueSamples: 2880);
        await using var speaker = new AlsaSpeaker(card, time);
        card.Fail(-32);
        var writing = speaker.WriteAsync(new short[10], CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(5));
        await writing.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (speaker.Underruns, card.Recoveries));

        card.Fail(Alsa.NoDevice);
        card.RecoverAnswer = Alsa.NoDevice;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await speaker.WriteAsync(new short[10], CancellationToken.None));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
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
