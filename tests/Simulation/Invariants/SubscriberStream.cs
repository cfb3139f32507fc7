using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Simulation.Media;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Holds one subscriber's stream to its promises: nothing of another room or source, time that goes on, and no gap without a cause.</summary>
internal sealed class SubscriberStream(string name, int room, MediaSource source, SentStream sent, PublishedStreams published, Violations violations)
{
    private const int RunHasBegun = 40; // packets: what overtakes a keyframe's start has come by then
    private const int RunGoesOn = 250; // packets: what comes as a repeat has come by then

    private static readonly TimeSpan PictureTolerance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SoundTolerance = TimeSpan.FromMilliseconds(101); // a track counts samples, and sets its time anew beyond 100
    private static readonly TimeSpan HandoverTolerance = TimeSpan.FromSeconds(1);

    private readonly List<Record> _records = [];
    private RtpTimestamps.Unwrapper _timestamps;
    private int _publisher = -1;
    private long _referenceTimestamp; // of the publisher's first packet seen here
    private TimeSpan _referenceCapture;
    private long _newestTimestamp;
    private TimeSpan _newestAt;

    public MediaSource Source => source;

    /// <summary>Packets that arrived, however often.</summary>
    public long Received { get; private set; }

    public long ReceivedAsRepeats { get; private set; }

    /// <summary>Numbers that the relay sent, the link lost, and no repeat brought.</summary>
    public long NeverArrived { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Without wraps.</summary>
    public long HighestNumber => sent.End - 1;

    /// <param name="isStart">Decoding may begin with this packet.</param>
    public void OnPacket(ushort sequenceNumber, uint timestamp, in MediaTag tag, bool isRepeat, bool isStart, TimeSpan now)
    {
        Received++;
        if (isRepeat) ReceivedAsRepeats++;
        if (tag.Room != room || tag.Source != source)
        {
            violations.Add($"{name}: {tag.Source} of room {tag.Room} came to room {room}'s {source}");
            return;
        }

        var number = sent.Unwrap(sequenceNumber);
        var publisher = published[tag.Publisher];
        if (publisher.Room != room || publisher.Source != source) violations.Add($"{name}: a tag of a stream that isn't this room's");
        if (!isRepeat && !sent.WasOffered(number)) violations.Add($"{name}: {number} arrived, but the relay never sent it");
        Remember(number, tag, isStart);
        CheckTime(_timestamps.Unwrap(timestamp), publisher, tag, now);
    }

    /// <summary>After the run, when nothing is on its way any more.</summary>
    public void CheckGaps()
    {
        var (before, after, lastOffered) = (-1, -1, -1);
        for (var index = 0; index < sent.End - sent.First; index++)
        {
            var number = sent.First + index;
            var isReceived = IsReceived(index);
            if (sent.WasOffered(number))
            {
                if (sent.WasMissed(number)) Lost++;
                if (!isReceived && !sent.WasMissed(number)) violations.Add($"{name}: {number} was delivered and not seen");
                if (!isReceived) NeverArrived++;
                if (isReceived) CheckSeam(lastOffered, index);
                lastOffered = index;
            }
            else if (!isReceived && index < _records.Count) // what follows the last packet seen tells nobody anything; a keyframe's packet that overtook its start is left out, and comes as a repeat
            {
                if (after < index) after = NextReceived(index);
                if (!IsExplained(number, before, after)) violations.Add($"{name}: the relay left out {number}, which no loss on the way to it explains");
            }

            if (isReceived) before = index;
        }
    }

    private bool IsReceived(int index) => index < _records.Count && _records[index].Publisher > 0;

    /// <summary>Where one run follows another, numbers go on without a gap, and a picture begins with a keyframe.</summary>
    private void CheckSeam(int last, int index)
    {
        var record = _records[index];
        var isFirst = last < 0;
        if (!isFirst && (!IsReceived(last) || IsSameRun(_records[last], last, record, index))) return;
        if (!isFirst && index != last + 1) violations.Add($"{name}: {index - last - 1} numbers are left out before {sent.First + index}, where another run begins");
        if (source.IsVideo() && !record.IsStart) violations.Add($"{name}: the run at {sent.First + index} does not begin with a keyframe");
    }

    private static bool IsSameRun(in Record one, int at, in Record other, int otherAt)
        => one.Publisher == other.Publisher && other.Packet - one.Packet == otherAt - at;

    private void Remember(long number, in MediaTag tag, bool isStart)
    {
        var index = number - sent.First;
        if (index < 0)
        {
            violations.Add($"{name}: {number} is before the stream's first number");
            return;
        }

        while (_records.Count <= index) _records.Add(default);
        var known = _records[(int)index];
        var record = new Record(tag.Publisher + 1, tag.Packet, isStart);
        if (known.Publisher > 0 && known != record) violations.Add($"{name}: {number} brought two different packets");
        _records[(int)index] = record;
    }

    /// <summary>A publisher's timestamps run as its captures did; from one to the next publisher time goes on.</summary>
    private void CheckTime(long timestamp, PublishedStream publisher, in MediaTag tag, TimeSpan now)
    {
        var captured = publisher.CapturedAt(tag.Frame);
        if (publisher.Number == _publisher)
        {
            var shown = TimeSpan.FromSeconds((timestamp - _referenceTimestamp) / (double)source.ClockRate());
            if ((shown - (captured - _referenceCapture)).Duration() > (source.IsVideo() ? PictureTolerance : SoundTolerance))
            {
                violations.Add($"{name}: frame {tag.Frame} was captured {captured - _referenceCapture} after the first and is stamped {shown} after it");
                (_referenceTimestamp, _referenceCapture) = (timestamp, captured);
            }
        }
        else
        {
            if (publisher.Number < _publisher) return; // late, of the one before
            if (_publisher >= 0)
            {
                var shown = TimeSpan.FromSeconds((timestamp - _newestTimestamp) / (double)source.ClockRate());
                if (shown <= TimeSpan.Zero || (shown - (now - _newestAt)).Duration() > HandoverTolerance)
                    violations.Add($"{name}: the next publisher's first frame is stamped {shown} after the last one of {now - _newestAt} ago");
            }

            (_publisher, _referenceTimestamp, _referenceCapture) = (publisher.Number, timestamp, captured);
        }

        if (timestamp <= _newestTimestamp && _newestAt != default) return;
        (_newestTimestamp, _newestAt) = (timestamp, now);
    }

    private int NextReceived(int index)
    {
        while (index < _records.Count && _records[index].Publisher == 0) index++;
        return index;
    }

    private bool IsExplained(long number, int before, int after)
    {
        var index = (int)(number - sent.First);
        return (before >= 0 && IsExcused(before, index - before)) || (after < _records.Count && IsExcused(after, index - after));
    }

    /// <summary>Whether the packet that would have had this number never reached the relay, or too late for its run.</summary>
    private bool IsExcused(int neighbour, int distance)
    {
        var (publisher, packet, _) = _records[neighbour];
        var stream = published[publisher - 1];
        if (!stream.Sent.WasOffered(packet + distance)) return false; // there is no such packet
        return !stream.HasArrived(packet + distance) || IsNearStartOfRun(neighbour, distance) || IsNearEndOfRun(neighbour, distance);
    }

    /// <summary>A packet that overtakes the start of its run is left out; it comes as a repeat, if that isn't lost.</summary>
    private bool IsNearStartOfRun(int neighbour, int distance)
    {
        for (var i = Math.Min(neighbour + distance, _records.Count - 1); i >= Math.Max(0, neighbour + distance - RunHasBegun); i--)
        {
            var record = _records[i];
            if (record.Publisher > 0 && !IsSameRun(_records[neighbour], neighbour, record, i)) return true;
        }

        return neighbour + distance < RunHasBegun;
    }

    /// <summary>A repeat that comes when the next run has begun has no place any more.</summary>
    private bool IsNearEndOfRun(int neighbour, int distance)
    {
        for (var i = neighbour; i < Math.Min(_records.Count, neighbour + RunGoesOn); i++)
        {
            var record = _records[i];
            if (record.Publisher > 0 && !IsSameRun(_records[neighbour], neighbour, record, i)) return true;
        }

        return neighbour + Math.Abs(distance) + RunGoesOn >= _records.Count;
    }

    /// <param name="Publisher">Its number and one; 0: nothing came.</param>
    /// <param name="IsStart">Decoding may begin here.</param>
    private readonly record struct Record(int Publisher, long Packet, bool IsStart);
}
