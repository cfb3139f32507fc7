using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Media;
using AV1Relay.Tests.Simulation.Network;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>What a viewer does with a picture: orders, asks again for what is missing, puts frames together, shows those that can be decoded.</summary>
internal sealed class VideoReceiver(string name, SubscriberStream stream, uint ssrc, PacketPool pool, Violations violations) : IDisposable
{
    private const int MostHeld = 512;
    private const int ClockRate = 90_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan KeyframeRetry = TimeSpan.FromMilliseconds(500);
    [ThreadStatic] private static byte[]? _scratch;

    private readonly int[] _heldSlots = NewHeld(); // −1: nothing there
    private readonly int[] _heldLengths = new int[MostHeld];
    private readonly H264Depacketizer _depacketizer = new();
    private SequenceNumbers.Unwrapper _numbers;
    private bool _hasStarted;
    private long _next; // the number that is to be taken next
    private long _highest;
    private TimeSpan? _waitingSince;
    private bool _isBroken = true; // until the first keyframe
    private long _dropped;
    private uint _timestamp;
    private bool _isInFrame;
    private MediaTag _first; // of the frame under way
    private MediaTag _lastShown;
    private TimeSpan _askedAt = TimeSpan.MinValue;

    public NackGenerator Nacks { get; } = new();

    public ReceiveStatistics Statistics { get; } = new(ssrc, ClockRate);

    public int Held { get; private set; }

    public long FramesShown { get; private set; }

    /// <summary>Frames of one publisher between two that were shown.</summary>
    public long FramesMissed { get; private set; }

    public long KeyframesShown { get; private set; }

    public long KeyframesAskedFor { get; private set; }

    /// <summary>When a frame was last shown, by the viewer's clock; null before the first.</summary>
    public TimeSpan? ShownAt { get; private set; }

    public bool IsWaitingForKeyframe => _isBroken;

    public void OnPacket(in RtpPacket packet, bool isRepeat, TimeSpan now)
    {
        if (!isRepeat) Statistics.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        Nacks.OnPacket(packet.SequenceNumber, now);
        var number = _numbers.Unwrap(packet.SequenceNumber);
        if (!_hasStarted)
        {
            _hasStarted = true;
            _next = number;
        }

        if (number < _next) return; // late, or there before
        _highest = Math.Max(_highest, number);
        if (VideoKeyFrames.StartsH264KeyFrame(packet.Payload))
        {
            var isWithoutSets = !VideoKeyFrames.HoldsH264ParameterSets(packet.Payload);
            Nacks.OnKeyFrame(packet.SequenceNumber, isWithoutSets);
            var first = number;
            if (isWithoutSets && first > _next && _heldSlots[(first - 1) % MostHeld] < 0) first--; // they may still come
            if (first > _next && !IsPartOfFrameBefore(packet)) SkipTo(first);
        }

        if (number == _next)
        {
            Take(packet, now);
            TakeHeld(now);
        }
        else
        {
            Hold(number, packet.Datagram, now);
        }
    }

    /// <summary>Called every 20 ms: gives up waiting for what doesn't come.</summary>
    public void OnTick(TimeSpan now)
    {
        if (Nacks.TakeKeyFrameNeeded()) _isBroken = true;
        if (_waitingSince is { } since && now - since > Patience)
        {
            var next = _next;
            while (_heldSlots[next % MostHeld] < 0) next++;
            SkipTo(next);
            TakeHeld(now);
        }
    }

    /// <summary>Whether to ask for a keyframe now.</summary>
    public bool TryAskForKeyframe(TimeSpan now)
    {
        if (!_hasStarted || !_isBroken || (_askedAt != TimeSpan.MinValue && now - _askedAt < KeyframeRetry)) return false;
        _askedAt = now;
        KeyframesAskedFor++;
        return true;
    }

    public void Dispose()
    {
        for (var i = 0; i < MostHeld; i++) Release(i);
    }

    private static int[] NewHeld()
    {
        var slots = new int[MostHeld];
        Array.Fill(slots, -1);
        return slots;
    }

    private bool IsPartOfFrameBefore(in RtpPacket packet) => _isInFrame && packet.Timestamp == _timestamp;

    private void Hold(long number, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (number - _next >= MostHeld)
        {
            SkipTo(number);
            if (RtpPacket.TryParse(datagram, out var packet) == RtpParseError.None) Take(packet, now);
            return;
        }

        var index = (int)(number % MostHeld);
        if (_heldSlots[index] >= 0) return; // twice
        var slot = pool.Rent();
        datagram.CopyTo(pool.Buffer(slot));
        (_heldSlots[index], _heldLengths[index]) = (slot, datagram.Length);
        Held++;
        _waitingSince ??= now;
    }

    private void TakeHeld(TimeSpan now)
    {
        while (Held > 0 && _heldSlots[_next % MostHeld] is >= 0 and var slot)
        {
            var index = (int)(_next % MostHeld);
            if (RtpPacket.TryParse(pool.Buffer(slot)[.._heldLengths[index]], out var packet) == RtpParseError.None) Take(packet, now);
            else _next++;
            Release(index);
        }

        _waitingSince = Held > 0 ? now : null;
    }

    private void SkipTo(long number)
    {
        _isBroken = true;
        for (; _next < number; _next++)
        {
            Release((int)(_next % MostHeld));
            if (Held == 0)
            {
                _next = number;
                break;
            }
        }

        if (Held == 0) _waitingSince = null;
    }

    private void Release(int index)
    {
        if (_heldSlots[index] < 0) return;
        pool.Return(_heldSlots[index]);
        _heldSlots[index] = -1;
        Held--;
    }

    private void Take(in RtpPacket packet, TimeSpan now)
    {
        _next++;
        if (!_isInFrame || packet.Timestamp != _timestamp)
        {
            _isInFrame = true;
            _timestamp = packet.Timestamp;
            TestFrames.TryReadTag(packet.Payload, isVideo: true, out _first);
        }

        var isComplete = _depacketizer.Push(packet);
        if (packet.Marker) _isInFrame = false;
        if (_depacketizer.FramesDropped != _dropped)
        {
            _dropped = _depacketizer.FramesDropped;
            _isBroken = true;
        }

        if (isComplete) OnFrame(now);
    }

    private void OnFrame(TimeSpan now)
    {
        var frame = _depacketizer.Frame;
        var isKey = _depacketizer.IsKeyFrame;
        if (isKey && (frame[4] & 0x1F) != 7)
        {
            _isBroken = true; // without its parameter sets
            return;
        }

        if (!isKey && _isBroken) return;
        if (!TestFrames.IsIntact(frame, isKey, _first, _scratch ??= new byte[TestFrames.MaxVideoBytes + 1_024]))
            violations.Add($"{name}: frame {_first.Frame} is not the one that was sent");
        if (!isKey && (_first.Publisher != _lastShown.Publisher || _first.Frame != _lastShown.Frame + 1))
            violations.Add($"{name}: frame {_first.Frame} of {_first.Publisher} follows {_lastShown.Frame} of {_lastShown.Publisher} without a gap in the numbers");
        if (FramesShown > 0 && _first.Publisher == _lastShown.Publisher && _first.Frame <= _lastShown.Frame)
            violations.Add($"{name}: frame {_first.Frame} is shown after {_lastShown.Frame}");
        if (FramesShown > 0 && _first.Publisher == _lastShown.Publisher) FramesMissed += Math.Max(0, _first.Frame - _lastShown.Frame - 1);
        _isBroken = false;
        _lastShown = _first;
        FramesShown++;
        if (isKey) KeyframesShown++;
        ShownAt = now;
    }

    public SubscriberStream Stream => stream;
}
