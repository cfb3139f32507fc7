using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Ties RTP timestamps to the robot's wall clock, so that sender reports say truly when a frame was captured (RFC 3550 §6.4.1).</summary>
/// <param name="clockRate">Hz; a multiple of 10,000 or 48,000.</param>
/// <param name="offset">Random start of the timestamps (RFC 3550 §5.1).</param>
internal sealed class CaptureClock(int clockRate, uint offset)
{
    private const int TenthsPerSecond = 10_000;

    /// <param name="unixTenthsMs">Tenths of a ms since the Unix epoch.</param>
    public uint TimestampAt(long unixTenthsMs) => unchecked(offset + (uint)(unixTenthsMs * clockRate / TenthsPerSecond));

    public static long ToUnixTenthsMs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (TimeSpan.TicksPerMillisecond / 10);

    /// <summary>This moment on both clocks: the pair that a sender report carries.</summary>
    public (NtpTime Ntp, uint RtpTimestamp) At(DateTimeOffset now) => (NtpTime.From(now), TimestampAt(ToUnixTenthsMs(now)));
}
