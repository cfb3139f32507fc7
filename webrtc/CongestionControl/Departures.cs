namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>When each of the packets sent last left and how long it was, by transport-wide sequence number.</summary>
/// <remarks>A ring of 64-bit entries, taken once. A number that was never given out, or is too old, is nobody's.</remarks>
internal sealed class Departures
{
    /// <summary>Three seconds at 4 Mbit/s. What is reported on later than that tells nothing any more.</summary>
    internal const int Capacity = 1_024; // a power of two

    private const int SizeBits = 16;
    private const ulong IsReported = 1UL << SizeBits;
    private const int TimeShift = SizeBits + 1; // 47 bits of microseconds: four years

    private readonly ulong[] _entries = new ulong[Capacity]; // 0: not sent
    private long _newest;

    internal Departures(ushort firstNumber) => _newest = firstNumber - 1L;

    internal long Newest => _newest;

    /// <summary>Gives the next packet its number.</summary>
    internal ushort Next()
    {
        _newest++;
        this[_newest] = 0;
        return (ushort)_newest;
    }

    /// <summary>The packet that was numbered last has left.</summary>
    internal void OnSent(int bytes, TimeSpan now)
        => this[_newest] = (ulong)(now.Ticks / TimeSpan.TicksPerMicrosecond) << TimeShift | (uint)Math.Clamp(bytes, 1, ushort.MaxValue);

    /// <summary>The number without wraps; whether such a packet is known is for <see cref="TryFind"/> to say.</summary>
    internal long Unwrap(ushort number) => _newest + (short)(number - (ushort)_newest);

    internal bool TryFind(long number, out TimeSpan sentAt, out int bytes, out bool isReported)
    {
        var entry = number > _newest || number <= _newest - Capacity || number < 0 ? 0 : this[number];
        sentAt = new TimeSpan((long)(entry >> TimeShift) * TimeSpan.TicksPerMicrosecond);
        bytes = (int)(entry & ushort.MaxValue);
        isReported = (entry & IsReported) != 0;
        return entry != 0;
    }

    /// <summary>Its arrival is known: each counts once.</summary>
    internal void MarkReported(long number) => this[number] |= IsReported;

    private ref ulong this[long number] => ref _entries[number & (Capacity - 1)];
}
