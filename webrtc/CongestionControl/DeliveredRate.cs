namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>How much arrived lately, by the receiver's clock (draft-ietf-rmcat-gcc-02 §5.5: the incoming bitrate R_hat).</summary>
internal sealed class DeliveredRate
{
    private const int Slots = 50;
    private const int SlotMs = 10; // together the half second that the draft advises

    private readonly int[] _bytes = new int[Slots];
    private long _newest; // slot
    private long _oldest;
    private bool _hasStarted;

    internal void OnArrival(TimeSpan arrival, int bytes)
    {
        var slot = (long)Math.Floor(arrival.TotalMilliseconds / SlotMs);
        if (!_hasStarted || slot >= _newest + 10 * Slots || slot <= _newest - 10 * Slots)
        {
            // The first, or a leap of the clock, or seconds of silence: what was before says nothing about now.
            Array.Clear(_bytes);
            (_hasStarted, _newest, _oldest) = (true, slot, slot);
        }

        if (slot <= _newest - Slots) return;
        for (; _newest < slot; _newest++) _bytes[Index(_newest + 1)] = 0;
        _bytes[Index(slot)] += bytes;
        _oldest = Math.Max(Math.Min(_oldest, slot), _newest - Slots + 1);
    }

    /// <summary>Bits a second over the last <paramref name="window"/>; null before half of that has been seen.</summary>
    /// <param name="window">At most half a second.</param>
    internal double? Over(TimeSpan window)
    {
        var slots = (long)window.TotalMilliseconds / SlotMs;
        if (!_hasStarted || _newest - _oldest < slots / 2) return null;
        var first = Math.Max(_oldest, _newest - slots);
        var sum = 0L;
        for (var slot = first; slot < _newest; slot++) sum += _bytes[Index(slot)]; // the newest is not over yet
        return sum * 8_000.0 / ((_newest - first) * SlotMs);
    }

    private static long Index(long slot) => (slot % Slots + Slots) % Slots;
}
