using AV1Relay.Hardware.Camera;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Camera;

public sealed class LightMeterTests
{
    private static readonly LightReading Day = new(110, 0.05, 0.02);
    private static readonly LightReading Night = new(24, 0.9, 0);
    private static readonly LightReading Dusk = new(52, 0.4, 0);
    private static readonly LightReading Sun = new(170, 0, 0.3);
    private static readonly LightReading Bright = new(150, 0, 0.15);

    private readonly LightMeter _meter = new();
    private int _halfSeconds;

    [Fact]
    public void A_hint_comes_after_three_seconds_and_goes_as_late()
    {
        Assert.Equal((LightHint.None, LightHint.Dark), (After(Night, 5), After(Night, 3)));
        Assert.Equal((LightHint.Dark, LightHint.None), (After(Day, 5), After(Day, 3)));
    }

    [Fact]
    public void Sun_in_the_lens_is_glare() => Assert.Equal(LightHint.Glare, After(Sun, 8));

    [Fact]
    public void Somebody_who_walks_past_the_lamp_raises_none()
    {
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(LightHint.None, After(Sun, 4));
            Assert.Equal(LightHint.None, After(Day, 1));
        }
    }

    [Fact]
    public void Between_the_thresholds_it_stays_as_it_was()
    {
        Assert.Equal(LightHint.None, After(Dusk, 20));
        Assert.Equal(LightHint.Dark, After(Night, 8));
        Assert.Equal(LightHint.Dark, After(Dusk, 20));
        Assert.Equal(LightHint.None, After(Bright, 20));
        Assert.Equal(LightHint.Glare, After(Sun, 8));
        Assert.Equal(LightHint.Glare, After(Bright, 20));
    }

    [Fact]
    public void A_classroom_by_day_is_light_enough_wherever_the_robot_looks()
    {
        using var picture = new VideoFrame(VideoFormat.Small);
        var room = new VirtualClassroom(VideoFormat.Small, () => default, TimeProvider.System);
        for (var pan = -150; pan <= 150; pan += 10)
        {
            room.Draw(picture, new(pan, 0, 1), 0);
            Assert.Equal(LightHint.None, After(LightReading.Of(picture), 8));
        }
    }

    [Theory]
    [InlineData(16, 1, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(235, 0, 1)]
    public void A_flat_picture_is_measured_as_what_it_is(byte luma, double dark, double clipped)
    {
        using var picture = new VideoFrame(VideoFormat.Hd);
        picture.Fill(luma, 128, 128);
        Assert.Equal(new LightReading(luma, dark, clipped), LightReading.Of(picture));
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        using var picture = new VideoFrame(VideoFormat.Small);
        LightReading.Of(picture);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LightReading.Of(picture);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private LightHint After(LightReading reading, int halfSeconds)
    {
        for (var n = 0; n < halfSeconds; n++) _meter.Update(reading, TimeSpan.FromSeconds(_halfSeconds++ / 2.0));
        return _meter.Hint;
    }
}
