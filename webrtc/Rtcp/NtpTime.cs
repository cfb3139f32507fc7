namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Wall-clock time as RTCP carries it: seconds since 1900 in 32.32 fixed point, RFC 3550 §4.</summary>
/// <remarks>The seconds wrap in 2036; differences stay right over the wrap, and <see cref="ToDateTimeOffset"/> reads small values as after it.</remarks>
public readonly record struct NtpTime(ulong Value)
{
    private const long SecondsFrom1900To1970 = 2_208_988_800;

    public uint Seconds => (uint)(Value >> 32);

    /// <summary>In units of 2^-32 s.</summary>
    public uint Fraction => (uint)Value;

    /// <summary>The middle 32 bits, 16.16 fixed point: the form of LSR in report blocks.</summary>
    public uint Middle32 => (uint)(Value >> 16);

    /// <param name="time">As a <c>TimeProvider</c> gives it. Before 1970 is not supported.</param>
    public static NtpTime From(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return FromUnix(ticks / TimeSpan.TicksPerSecond, (ulong)(ticks % TimeSpan.TicksPerSecond), TimeSpan.TicksPerSecond);
    }

    /// <param name="nanoseconds">Since 1970, as kernels stamp datagrams (CLOCK_REALTIME).</param>
    public static NtpTime FromUnixNanoseconds(long nanoseconds)
        => FromUnix(nanoseconds / 1_000_000_000, (ulong)(nanoseconds % 1_000_000_000), 1_000_000_000);

    public DateTimeOffset ToDateTimeOffset()
    {
        // Era 0 ends in 2036; a value whose top bit is clear is read as era 1 (RFC 4330 §3).
        var seconds = Seconds >= 0x8000_0000 ? Seconds : Seconds + 0x1_0000_0000L;
        var ticks = (long)(((ulong)Fraction * TimeSpan.TicksPerSecond + 0x8000_0000) >> 32);
        return DateTimeOffset.UnixEpoch.AddSeconds(seconds - SecondsFrom1900To1970).AddTicks(ticks);
    }

    /// <summary>This time moved by a span; wraps like the clock itself.</summary>
    public NtpTime Add(TimeSpan span)
        => new(unchecked(Value + (ulong)(long)(((Int128)span.Ticks << 32) / TimeSpan.TicksPerSecond)));

    /// <summary>A span as 16.16 seconds, the form of DLSR; what is negative or over 65,535 s is cut.</summary>
    public static uint ToMiddle32(TimeSpan span)
        => (uint)Math.Clamp((long)(((Int128)span.Ticks << 16) / TimeSpan.TicksPerSecond), 0, uint.MaxValue);

    /// <summary>Reads 16.16 seconds.</summary>
    public static TimeSpan FromMiddle32(uint value) => TimeSpan.FromTicks(((long)value * TimeSpan.TicksPerSecond + 0x8000) >> 16);

    private static NtpTime FromUnix(long seconds, ulong part, ulong partsPerSecond)
        => new((ulong)(uint)(seconds + SecondsFrom1900To1970) << 32 | (part << 32) / partsPerSecond);
}
