using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Forwarding;

/// <summary>Makes one unbroken stream, for one subscriber, out of whatever sources follow each other.</summary>
/// <remarks>
/// A timeline is one source's own run of sequence numbers and timestamps. Within it, gaps and reordering stay visible, so that the subscriber
/// can ask for what was lost. Where the relay itself left packets out, or a new timeline begins, the numbers simply go on: that is no loss.
/// Not a hot allocation: one object a subscription, mutated in place by its shard.
/// </remarks>
internal sealed class StreamContinuity
{
    /// <summary>Packets that come later than this are not mapped any more: nothing downstream would remember their place.</summary>
    public const int Window = 1_024;

    private readonly int _clockRate;
    private bool _hasStarted;
    private bool _isInterrupted;
    private long _timeline;
    private ushort _sequenceOffset;
    private uint _timestampOffset;
    private ushort _highestIn;
    private int _epochLength; // from its first packet to the highest, at most Window
    private ushort _highestOut;
    private uint _newestTimestampOut;
    private TimeSpan _newestAt;

    /// <param name="firstSequenceNumber">Best below 2^15, so that a receiver who misses the first packets guesses the rollover counter right.</param>
    public StreamContinuity(ushort firstSequenceNumber, uint firstTimestamp, int clockRate)
    {
        _clockRate = clockRate;
        _highestOut = (ushort)(firstSequenceNumber - 1);
        _newestTimestampOut = firstTimestamp;
    }

    /// <summary>Whether packets flow: the next one of the same timeline belongs right behind the last.</summary>
    public bool IsFlowing => _hasStarted && !_isInterrupted;

    /// <summary>Packets are being left out on purpose from here on.</summary>
    public void Interrupt() => _isInterrupted = true;

    /// <summary>Whether the next packet of a timeline would start a new run, which for video has to be a keyframe.</summary>
    public bool StartsAfresh(long timeline) => !IsFlowing || timeline != _timeline;

    /// <returns>False when the packet belongs before the place where its run started, or comes too late.</returns>
    public bool TryMap(
        long timeline, ushort sequenceNumber, uint timestamp, TimeSpan now, out ushort mappedSequenceNumber, out uint mappedTimestamp)
    {
        if (StartsAfresh(timeline)) Begin(timeline, sequenceNumber, timestamp, now);

        mappedSequenceNumber = (ushort)(sequenceNumber + _sequenceOffset);
        mappedTimestamp = timestamp + _timestampOffset;
        var distance = SequenceNumbers.Distance(_highestIn, sequenceNumber);
        if (distance > 0)
        {
            _highestIn = sequenceNumber;
            _epochLength = Math.Min(Window, _epochLength + distance);
            _highestOut = mappedSequenceNumber;
            if (RtpTimestamps.IsNewer(mappedTimestamp, _newestTimestampOut)) _newestTimestampOut = mappedTimestamp;
            _newestAt = now;
            return true;
        }

        return -distance <= _epochLength && -distance < Window;
    }

    /// <summary>Where the same instant lies in the outgoing stream; only while packets of that timeline flow.</summary>
    public bool TryMapTimestamp(long timeline, uint timestamp, out uint mapped)
    {
        mapped = timestamp + _timestampOffset;
        return IsFlowing && timeline == _timeline;
    }

    /// <summary>Finds the source's number of a packet that went out in the present run.</summary>
    public bool TryUnmap(long timeline, ushort mappedSequenceNumber, out ushort sequenceNumber)
    {
        sequenceNumber = (ushort)(mappedSequenceNumber - _sequenceOffset);
        if (!_hasStarted || timeline != _timeline) return false;
        var distance = SequenceNumbers.Distance(_highestIn, sequenceNumber);
        return distance <= 0 && -distance <= _epochLength;
    }

    private void Begin(long timeline, ushort sequenceNumber, uint timestamp, TimeSpan now)
    {
        if (!_hasStarted || timeline != _timeline)
        {
            // Time goes on between two sources as it did for whoever watched; at least one tick, so that no two frames share an instant.
            var elapsed = _hasStarted ? Math.Max(1, (long)((now - _newestAt).TotalSeconds * _clockRate)) : 0;
            _timestampOffset = (uint)(_newestTimestampOut + elapsed) - timestamp;
        }

        _sequenceOffset = (ushort)(_highestOut + 1 - sequenceNumber);
        _timeline = timeline;
        _hasStarted = true;
        _isInterrupted = false;
        _epochLength = 0;
        _highestIn = sequenceNumber;
        _highestOut++;
        _newestTimestampOut = timestamp + _timestampOffset;
        _newestAt = now;
    }
}
