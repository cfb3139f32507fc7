namespace AV1Relay.WebRtc.Rtp;

/// <summary>Notices missing packets of one stream and says when to ask for them again (by RFC 4585 §6.2.1's generic NACK).</summary>
/// <remarks>
/// Sans-I/O: after <see cref="OnPacket"/>, or at <see cref="NextTimeout"/>, call <see cref="TakeDue"/> and send what it gives as one NACK.
/// Bounded: what can't be followed any more becomes a wish for a key frame (<see cref="TakeKeyFrameNeeded"/>).
/// </remarks>
public sealed class NackGenerator
{
    /// <summary>Requests for one packet before it is given up.</summary>
    public const int MaxRequests = 10;

    private const int MostParameterSets = 2; // packets: SPS and PPS, if not in one

    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMilliseconds(500);

    private readonly Missing[] _missing; // in rising order
    private readonly TimeSpan _reorderTolerance;
    private SequenceNumbers.Unwrapper _unwrapper;
    private TimeSpan _interval = TimeSpan.FromMilliseconds(100);
    private long _newest;
    private int _count;
    private bool _hasStarted;
    private bool _isKeyFrameNeeded;

    /// <param name="maxMissing">More than so many missing at a time are not asked for: a key frame is cheaper.</param>
    /// <param name="reorderTolerance">How long a packet may be late before it is asked for; zero by default.</param>
    public NackGenerator(int maxMissing = 256, TimeSpan reorderTolerance = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMissing, 1);
        _missing = new Missing[maxMissing];
        _reorderTolerance = reorderTolerance;
    }

    /// <summary>When <see cref="TakeDue"/> has something next; null while nothing is missing.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            TimeSpan? next = null;
            for (var i = 0; i < _count; i++)
            {
                if (next is null || _missing[i].DueAt < next) next = _missing[i].DueAt;
            }

            return next;
        }
    }

    /// <summary>Packets missing now.</summary>
    public int MissingCount => _count;

    /// <summary>Missing packets that came after all.</summary>
    public long Recovered { get; private set; }

    /// <summary>Missing packets that were asked for in vain, or not at all.</summary>
    public long GivenUp { get; private set; }

    /// <summary>The measured round trip: a request is repeated after one and a half of it, within 20–500 ms.</summary>
    public void SetRoundTripTime(TimeSpan roundTrip)
    {
        var interval = roundTrip * 1.5;
        _interval = interval < MinInterval ? MinInterval : interval > MaxInterval ? MaxInterval : interval;
    }

    /// <param name="sequenceNumber">Of a packet of the stream, or restored from a retransmission.</param>
    public void OnPacket(ushort sequenceNumber, TimeSpan now)
    {
        var number = _unwrapper.Unwrap(sequenceNumber);
        if (!_hasStarted)
        {
            _hasStarted = true;
            _newest = number;
            return;
        }

        if (number <= _newest)
        {
            if (TryRemove(number)) Recovered++;
            return;
        }

        var gap = number - _newest - 1;
        if (gap > _missing.Length - _count)
        {
            GivenUp += gap + _count;
            _count = 0;
            _isKeyFrameNeeded = true;
        }
        else
        {
            for (var missing = _newest + 1; missing < number; missing++)
            {
                _missing[_count++] = new Missing { Number = missing, DueAt = now + _reorderTolerance };
            }
        }

        _newest = number;
    }

    /// <summary>A key frame has begun at this packet: nothing before it is worth asking for.</summary>
    /// <param name="mayFollowParameterSets">Without what may be missing right before this packet (H.264's SPS and PPS) nobody can decode it.</param>
    public void OnKeyFrame(ushort sequenceNumber, bool mayFollowParameterSets = false)
    {
        var number = _unwrapper.Peek(sequenceNumber);
        if (mayFollowParameterSets) number -= CountMissingBefore(number);
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_missing[i].Number >= number) _missing[kept++] = _missing[i];
        }

        GivenUp += _count - kept;
        _count = kept;
        _isKeyFrameNeeded = false;
    }

    /// <summary>Takes the numbers whose time has come, in rising order, and plans their next request.</summary>
    /// <returns>How many were written; what does not fit stays due.</returns>
    public int TakeDue(Span<ushort> lost, TimeSpan now)
    {
        var taken = 0;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var missing = _missing[i];
            if (missing.DueAt <= now && taken < lost.Length)
            {
                if (missing.Requests == MaxRequests)
                {
                    GivenUp++;
                    _isKeyFrameNeeded = true;
                    continue;
                }

                lost[taken++] = (ushort)missing.Number;
                missing.Requests++;
                missing.DueAt = now + _interval;
            }

            _missing[kept++] = missing;
        }

        _count = kept;
        return taken;
    }

    /// <summary>Whether loss can't be repaired any more; true once for each time that it happens.</summary>
    public bool TakeKeyFrameNeeded()
    {
        var isNeeded = _isKeyFrameNeeded;
        _isKeyFrameNeeded = false;
        return isNeeded;
    }

    private int CountMissingBefore(long number)
    {
        var count = 0;
        for (var i = _count - 1; i >= 0 && count < MostParameterSets; i--)
        {
            if (_missing[i].Number == number - count - 1) count++;
        }

        return count;
    }

    private bool TryRemove(long number)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_missing[middle].Number == number)
            {
                _count--;
                Array.Copy(_missing, middle + 1, _missing, middle, _count - middle);
                return true;
            }

            if (_missing[middle].Number < number) low = middle + 1;
            else high = middle - 1;
        }

        return false;
    }

    private struct Missing
    {
        internal long Number;
        internal TimeSpan DueAt;
        internal int Requests;
    }
}
