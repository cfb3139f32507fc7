using AV1Relay.WebRtc.CongestionControl;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.CongestionControl;

public sealed class PacerTests
{
    private const int Rate = 1_200_000;

    [Fact]
    public void An_ordinary_frame_leaves_whole()
    {
        var pacer = new Pacer(Rate);

        for (var i = 0; i < 5; i++) // 5 kB: a thirtieth of a second
        {
            Assert.Equal(TimeSpan.Zero, pacer.Wait(TimeSpan.Zero));
            pacer.OnSent(1_000, TimeSpan.Zero);
        }
    }

    [Fact]
    public void A_large_one_is_spread_at_two_and_a_half_times_the_rate()
    {
        var pacer = new Pacer(Rate);
        var now = TimeSpan.Zero;

        for (var i = 0; i < 50; i++)
        {
            now += pacer.Wait(now);
            pacer.OnSent(1_000, now);
        }

        // 50 kB less the 7.5 kB of a burst, at 3 Mbit/s.
        Assert.InRange(now.TotalMilliseconds, 105, 115);
    }

    [Fact]
    public void What_nobody_held_back_is_waited_for_by_those_after_it()
    {
        var pacer = new Pacer(Rate);

        for (var i = 0; i < 10; i++) pacer.OnSent(1_000, TimeSpan.Zero);

        Assert.InRange(pacer.Wait(TimeSpan.Zero).TotalMilliseconds, 6, 8);
        Assert.Equal(TimeSpan.Zero, pacer.Wait(TimeSpan.FromMilliseconds(8)));
    }

    [Fact]
    public void A_lower_rate_holds_for_what_waits_already()
    {
        var pacer = new Pacer(Rate);
        for (var i = 0; i < 10; i++) pacer.OnSent(1_000, TimeSpan.Zero);

        pacer.SetRate(Rate / 4, TimeSpan.Zero);

        Assert.InRange(pacer.Wait(TimeSpan.Zero).TotalMilliseconds, 60, 75);
    }
}
