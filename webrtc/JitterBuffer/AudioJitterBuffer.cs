using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.WebRtc.JitterBuffer;

/// <summary>Evens out the arrival of one Opus stream: as late as the network's jitter asks for, and never later.</summary>
/// <remarks>
/// <para>Sans-I/O and not thread-safe. <see cref="Push(in RtpPacket, TimeSpan)"/> on arrival; <see cref="Pull"/> whenever the player needs another piece of sound:
/// every 20 ms for packets of 20 ms.</para>
/// <para>The delay is measured, not guessed from the number of packets: the sample played next, against the moment at which the quickest
/// packets of the last seconds would have brought it. When it stays over what the jitter asks for, packets are left out, quiet ones first; when it
/// is far over, the buffer leaps. So a burst after a stall, a pause of the player or a clock that runs fast never becomes lasting delay.</para>
/// </remarks>
public sealed class AudioJitterBuffer
{
    private const int Millisecond = OpusPacket.ClockRate / 1_000;
    private const int DefaultFrame = 20 * Millisecond;

    /// <summary>Deeper than wanted by less than this is let be. With the other slack more than a packet, so that corrections never alternate.</summary>
    private const int DeepSlack = 20 * Millisecond;

    private const int ShallowSlack = 10 * Millisecond;

    /// <summary>Deeper than wanted by more than this: do not wait for a quiet packet.</summary>
    private const int FarTooDeep = 60 * Millisecond;

    /// <summary>Deeper than wanted by more than this: leap.</summary>
    private const int Hopeless = 200 * Millisecond;

    /// <summary>A leap of the timestamps against the clock by more than this is a new stream.</summary>
    private const int Discontinuity = 2 * OpusPacket.ClockRate;

    private const int MaxConcealedInARow = 5;
    private const int LateInARowOfANewStream = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan QuietPatience = TimeSpan.FromSeconds(1);

    private readonly AudioPacketQueue _queue = new();
    private readonly ArrivalDelays _arrivals = new();
    private readonly int _startDelay;
    private readonly int _minDelay;
    private readonly int _maxDelay;
    private long _received;
    private long _late;
    private long _duplicates;
    private long _malformed;
    private long _overflowed;
    private long _played;
    private long _concealed;
    private long _recoverable;
    private long _dropped;
    private long _inserted;
    private long _restarts;
    private SequenceNumbers.Unwrapper _sequence;
    private RtpTimestamps.Unwrapper _timestamps;
    private uint? _ssrc;
    private long _newestSequence;
    private ulong _recentlyReceived; // bit i: the newest minus i has come
    private long _lastPlayedSequence;
    private long _next; // timestamp of the sample to be played next
    private bool _hasPlayed; // since the stream began: _next means something
    private bool _isPlaying;
    private int _frame = DefaultFrame; // samples of the packet played last
    private int _concealedInARow;
    private int _concealedWithoutMoving; // samples of concealment for which _next stood still
    private int _lateInARow;
    private double _averageLength;
    private TimeSpan? _offSince; // deeper or shallower than wanted since then
    private TimeSpan _lastCorrection = TimeSpan.MinValue;

    public AudioJitterBuffer(AudioJitterBufferOptions? options = null)
    {
        options ??= new AudioJitterBufferOptions();
        _minDelay = ToSamples(options.MinDelay);
        _maxDelay = Math.Max(_minDelay, ToSamples(options.MaxDelay));
        _startDelay = Math.Clamp(ToSamples(options.StartDelay), _minDelay, _maxDelay);
    }

    /// <summary>How long after its quickest possible arrival the last pulled sound was given out; zero while nothing plays.</summary>
    public TimeSpan CurrentDelay { get; private set; }

    /// <summary>The delay that the measured jitter asks for.</summary>
    public TimeSpan TargetDelay => ToTime(Target);

    /// <summary>Sound in the buffer, from what is played next to the newest end.</summary>
    public TimeSpan Buffered => _queue.Count == 0 ? TimeSpan.Zero
        : ToTime(_queue[_queue.Count - 1].End - (_isPlaying ? _next : _queue[0].Timestamp));

    public JitterBufferStatistics Statistics => new(
        _received, _late, _duplicates, _malformed, _overflowed, _played, _concealed, _recoverable, _dropped, _inserted, _restarts);

    private long Target
    {
        get
        {
            var wanted = _arrivals.Spread + 5 * Millisecond;
            if (!_arrivals.IsSettled) wanted = Math.Max(wanted, _startDelay);
            return Math.Clamp(wanted, _minDelay, _maxDelay);
        }
    }

    /// <summary>Takes a packet of the stream; another SSRC than before begins a new one.</summary>
    /// <returns>False when the packet was of no use: late, there already, or malformed.</returns>
    public bool Push(in RtpPacket packet, TimeSpan now)
    {
        if (_ssrc is { } known && known != packet.Ssrc) Reset();
        _ssrc = packet.Ssrc;
        return Push(packet.SequenceNumber, packet.Timestamp, packet.Payload, now);
    }

    /// <inheritdoc cref="Push(in RtpPacket, TimeSpan)"/>
    /// <param name="now">When the packet arrived, on a clock that only goes forward.</param>
    public bool Push(ushort sequenceNumber, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        var samples = OpusPacket.Samples(payload);
        if (samples == 0 || payload.Length > AudioPacketQueue.MaxPacketBytes)
        {
            _malformed++;
            return false;
        }

        var isFirst = _arrivals.IsEmpty;
        var sequence = _sequence.Unwrap(sequenceNumber);
        var time = _timestamps.Unwrap(timestamp);
        var arrival = Clock(now);
        var transit = arrival - time;
        if (!isFirst && sequence > _newestSequence && Math.Abs(transit - _arrivals.Base) > Discontinuity)
        {
            Restart();
            isFirst = true;
        }

        if (!isFirst && IsDuplicate(sequence))
        {
            _duplicates++;
            return false;
        }

        if (_hasPlayed && time < _next)
        {
            _late++;
            if (++_lateInARow < LateInARowOfANewStream)
            {
                // A little late: the target learns from it. Very late: it is of another time and teaches nothing.
                if (Math.Abs(transit - _arrivals.Base) <= Discontinuity) _arrivals.Add(arrival, transit);
                Remember(sequence, isFirst: false);
                return false;
            }

            Restart(); // nothing but late packets: the numbers begin anew
            isFirst = true;
        }

        _lateInARow = 0;
        Remember(sequence, isFirst);
        _arrivals.Add(arrival, transit);
        if (_queue.IsFull)
        {
            _queue.RemoveFirst();
            _overflowed++;
        }

        _queue.Insert(sequence, time, payload, samples);
        _averageLength += (payload.Length - _averageLength) / 32;
        _received++;
        return true;
    }

    /// <summary>Gives out what to play next.</summary>
    public PulledAudio Pull(TimeSpan now)
    {
        var clock = Clock(now);
        if (!_isPlaying)
        {
            CurrentDelay = TimeSpan.Zero;
            if (_queue.Count == 0 || Delay(_queue[0].Timestamp, clock) < Target) return Wait();
            _isPlaying = true;
            _next = _queue[0].Timestamp;
            _offSince = null;
        }
        else if (_queue.Count == 0)
        {
            return Wait(); // _next stands still: what comes late is still played
        }

        if (_concealedWithoutMoving > 0) SkipWhatWasConcealed();
        LeapIfHopeless(clock);
        CurrentDelay = ToTime(Delay(_next, clock));
        return Correct(clock, now) ? Insert() : Next();
    }

    /// <summary>Forgets the stream; counts stay.</summary>
    public void Reset()
    {
        Restart();
        _sequence = default;
        _timestamps = default;
        _ssrc = null;
    }

    private static long Clock(TimeSpan now) => now.Ticks * (OpusPacket.ClockRate / 1_000) / TimeSpan.TicksPerMillisecond;

    private static TimeSpan ToTime(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / OpusPacket.ClockRate);

    private static int ToSamples(TimeSpan time) => (int)Math.Clamp(Clock(time), 0, 10 * OpusPacket.ClockRate);

    /// <summary>How long ago the quickest packets would have brought this sample.</summary>
    private long Delay(long timestamp, long clock) => clock - _arrivals.Base - timestamp;

    /// <summary>Plays the first packet, or bridges the gap before it.</summary>
    private PulledAudio Next()
    {
        ref readonly var first = ref _queue[0];
        var gap = first.Timestamp - _next;
        if (gap > 0)
        {
            // With nothing missing in the numbers, the sender was silent (RFC 7587 §3.1.3).
            var isLost = first.SequenceNumber != _lastPlayedSequence + 1;
            var samples = (int)Math.Min(gap, _frame);
            var isRecoverable = isLost && gap <= _frame;
            _next += samples;
            if (isLost)
            {
                _concealed++;
                if (isRecoverable) _recoverable++;
            }

            return new PulledAudio(PulledAudioKind.Conceal, samples, nextPayload: isRecoverable ? _queue.Payload(0) : default);
        }

        var payload = _queue.Payload(0);
        _frame = first.Samples;
        _next = Math.Max(_next, first.End);
        _hasPlayed = true;
        _lastPlayedSequence = first.SequenceNumber;
        _concealedInARow = 0;
        _queue.RemoveFirst();
        _played++;
        return new PulledAudio(PulledAudioKind.Packet, _frame, payload);
    }

    /// <summary>Nothing is there to be played: conceals for a while, then is silent.</summary>
    private PulledAudio Wait()
    {
        if (!_hasPlayed || _concealedInARow == MaxConcealedInARow)
        {
            _isPlaying = false;
            return new PulledAudio(PulledAudioKind.Empty, _frame);
        }

        _concealedInARow++;
        _concealedWithoutMoving += _frame;
        _concealed++;
        return new PulledAudio(PulledAudioKind.Conceal, _frame);
    }

    /// <summary>Wins time: a piece of concealment before the next packet.</summary>
    private PulledAudio Insert()
    {
        _inserted++;
        return new PulledAudio(PulledAudioKind.Conceal, _frame);
    }

    /// <summary>After an empty buffer: if packets were lost meanwhile, their time has been bridged already.</summary>
    private void SkipWhatWasConcealed()
    {
        _next += Math.Clamp(_queue[0].Timestamp - _next, 0, _concealedWithoutMoving);
        _concealedWithoutMoving = 0;
    }

    private void LeapIfHopeless(long clock)
    {
        var delay = Delay(_next, clock);
        var target = Target;
        if (delay <= _maxDelay && delay - target <= Hopeless) return;
        while (_queue.Count > 1 && Delay(_queue[1].Timestamp, clock) >= target) DropFirst();
        _next = Math.Max(_next, Math.Min(_queue[0].Timestamp, clock - _arrivals.Base - target));
        _offSince = null;
    }

    /// <summary>Moves the delay towards the target, one packet at a time.</summary>
    /// <returns>True when a piece of concealment is to be put in.</returns>
    private bool Correct(long clock, TimeSpan now)
    {
        var excess = Delay(_next, clock) - Target;
        if (excess is >= -ShallowSlack and <= DeepSlack)
        {
            _offSince = null;
            return false;
        }

        _offSince ??= now;
        var offFor = now - _offSince.Value;
        var pause = TimeSpan.FromMilliseconds(excess > 2 * FarTooDeep ? 60 : 200); // between two corrections
        if (_lastCorrection != TimeSpan.MinValue && now - _lastCorrection < pause) return false;

        var isQuiet = _queue.Payload(0).Length < 0.6 * _averageLength;
        var isDue = excess > FarTooDeep || offFor >= QuietPatience || (offFor >= Patience && isQuiet);
        if (!isDue) return false;
        if (excess < 0)
        {
            _lastCorrection = now;
            return true;
        }

        var gap = _queue[0].Timestamp - _next;
        if (gap > 0) // a loss: the time is won by not bridging it
        {
            _next += Math.Min(gap, excess);
            _lastCorrection = now;
        }
        else if (_queue.Count > 1 && _queue[1].Timestamp == _queue[0].End)
        {
            DropFirst();
            _next = _queue[0].Timestamp;
            _lastCorrection = now;
        }

        return false;
    }

    private void DropFirst()
    {
        _lastPlayedSequence = _queue[0].SequenceNumber;
        _hasPlayed = true;
        _queue.RemoveFirst();
        _dropped++;
    }

    private bool IsDuplicate(long sequence)
    {
        var age = _newestSequence - sequence;
        return age is >= 0 and < 64 && (_recentlyReceived & (1UL << (int)age)) != 0;
    }

    private void Remember(long sequence, bool isFirst)
    {
        var advance = sequence - _newestSequence;
        if (isFirst || advance >= 64) (_newestSequence, _recentlyReceived) = (sequence, 1);
        else if (advance > 0) (_newestSequence, _recentlyReceived) = (sequence, _recentlyReceived << (int)advance | 1);
        else if (advance > -64) _recentlyReceived |= 1UL << (int)-advance;
    }

    /// <summary>Begins a new timeline; numbers go on being unwrapped.</summary>
    private void Restart()
    {
        if (!_arrivals.IsEmpty) _restarts++;
        _queue.Clear();
        _arrivals.Clear();
        (_hasPlayed, _isPlaying, _offSince, CurrentDelay) = (false, false, null, TimeSpan.Zero);
        (_concealedInARow, _concealedWithoutMoving, _lateInARow, _recentlyReceived) = (0, 0, 0, 0);
    }
}
