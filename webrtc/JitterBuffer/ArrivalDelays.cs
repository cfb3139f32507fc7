namespace AV1Relay.WebRtc.JitterBuffer;

/// <summary>How much later than the quickest of the last ten seconds packets arrive.</summary>
/// <remarks>
/// Transit is arrival minus timestamp: the clocks' zeros are unrelated, so only differences count. The window makes the quickest packet
/// follow clocks that drift apart and routes that change. Of packets that were held up together and come in one burst, only the first says how
/// much delay would have bridged the stall; counting all would let one long stall set the delay for seconds.
/// </remarks>
internal sealed class ArrivalDelays
{
    private const int Window = 512; // packets: about ten seconds
    private const int RefreshEvery = 16;
    private const double Percentile = 0.97; // the few that come later still are concealed
    private const long FollowsInBurst = long.MaxValue; // in the place of a transit
    private const long SameBurst = 10 * OpusPacket.ClockRate / 1_000;

    private readonly Ring _all = new();
    private readonly Ring _stalls = new(); // the same packets, so that bad times are forgotten as soon when most came in bursts
    private readonly long[] _sorted = new long[Window];
    private long _lastArrival;
    private long _stallTransit; // of the packet that began the burst

    /// <summary>Transit of the quickest packet, in samples.</summary>
    internal long Base { get; private set; }

    /// <summary>Delay behind <see cref="Base"/> within which nearly all packets come, in samples.</summary>
    internal long Spread { get; private set; }

    internal bool IsEmpty => _all.Count == 0;

    /// <summary>Whether enough has been seen for <see cref="Spread"/> to mean something.</summary>
    internal bool IsSettled => _all.Count >= 50;

    /// <param name="arrival">Samples on the receiver's clock.</param>
    /// <param name="transit">Arrival minus timestamp.</param>
    internal void Add(long arrival, long transit)
    {
        Base = IsEmpty ? transit : Math.Min(Base, transit);
        var followsInBurst = !IsEmpty && arrival - _lastArrival < SameBurst && transit < _stallTransit;
        _all.Add(transit);
        _lastArrival = arrival;
        _stalls.Add(followsInBurst ? FollowsInBurst : transit);
        if (!followsInBurst) _stallTransit = transit;

        if (_all.Position % RefreshEvery == 0) Refresh();
    }

    internal void Clear()
    {
        _all.Clear();
        _stalls.Clear();
        (Base, Spread) = (0, 0);
    }

    private void Refresh()
    {
        Base = long.MaxValue;
        foreach (var transit in _all.Values) Base = Math.Min(Base, transit);
        var count = 0;
        foreach (var transit in _stalls.Values)
        {
            if (transit != FollowsInBurst) _sorted[count++] = transit;
        }

        var sorted = _sorted.AsSpan(0, count);
        sorted.Sort();
        Spread = count == 0 ? 0 : Math.Max(0, sorted[(int)((count - 1) * Percentile)] - Base);
    }

    private sealed class Ring
    {
        private readonly long[] _values = new long[Window];

        internal int Count { get; private set; }

        internal int Position { get; private set; }

        internal ReadOnlySpan<long> Values => _values.AsSpan(0, Count);

        internal void Add(long value)
        {
            _values[Position] = value;
            Position = (Position + 1) % Window;
            Count = Math.Min(Count + 1, Window);
        }

        internal void Clear() => (Count, Position) = (0, 0);
    }
}
