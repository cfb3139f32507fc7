using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtcp;

public sealed class NtpTimeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0x83AA_7E80u, 0u)]
    [InlineData("2026-11-09T12:00:00.5Z", 0xEE9C_3440u, 0x8000_0000u)]
    [InlineData("2036-02-07T06:28:16Z", 0u, 0u)] // the first second of the next era
    public void Wall_clock_time_is_fixed_point_since_1900(string time, uint seconds, uint fraction)
    {
        var ntp = NtpTime.From(DateTimeOffset.Parse(time, null));

        Assert.Equal((seconds, fraction), (ntp.Seconds, ntp.Fraction));
        Assert.Equal(DateTimeOffset.Parse(time, null), ntp.ToDateTimeOffset());
    }

    [Fact]
    public void Kernel_time_and_clock_time_agree()
    {
        var time = DateTimeOffset.Parse("2026-11-09T12:34:56.789Z", null);

        Assert.Equal(NtpTime.From(time), NtpTime.FromUnixNanoseconds(time.ToUnixTimeMilliseconds() * 1_000_000));
    }

    [Fact]
    public void A_round_trip_is_computed_over_the_wrap_of_the_middle_bits()
    {
        var sent = new NtpTime(0xE000_FFFF_F000_0000);
        var held = TimeSpan.FromMilliseconds(250);
        var arrival = sent.Add(held + TimeSpan.FromMilliseconds(80));

        var block = new ReportBlock(1, 0, 0, 0, 0, sent.Middle32, NtpTime.ToMiddle32(held));

        Assert.Equal(80, block.RoundTripTime(arrival)!.Value.TotalMilliseconds, tolerance: 0.1);
        Assert.Null(block.RoundTripTime(sent)); // contradicts the clock
        Assert.Null((block with { LastSenderReport = 0 }).RoundTripTime(arrival));
    }
}
