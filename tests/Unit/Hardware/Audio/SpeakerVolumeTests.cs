using AV1Relay.Hardware.Audio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio;

public sealed class SpeakerVolumeTests
{
    [Fact]
    public void Each_press_is_3_dB_and_the_ends_hold()
    {
        Assert.Equal(0, SpeakerVolume.Normal.GainDb);
        Assert.Equal(3, SpeakerVolume.Normal.Step(1).GainDb);
        Assert.Equal(6, SpeakerVolume.Normal.Step(9).GainDb);
        Assert.Equal(-12, SpeakerVolume.Normal.Step(-9).GainDb);
        Assert.Equal(new SpeakerVolume(SpeakerVolume.Softest), new SpeakerVolume(-40));
    }

    [Fact]
    public void The_softest_is_still_heard()
    {
        var into = new short[2];
        new SpeakerVolume(SpeakerVolume.Softest).Apply([8000, -8000], into);
        Assert.Equal([2009, -2009], into);
    }

    [Fact]
    public void The_loudest_does_not_clip()
    {
        var into = new short[3];
        new SpeakerVolume(SpeakerVolume.Loudest).Apply([30_000, 15_000, short.MinValue], into);
        Assert.Equal(-short.MaxValue, into[2]);
        Assert.Equal(2, (double)into[0] / into[1], 0.001); // its shape is kept
    }
}
