namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Keeps the last half second of what went to the speaker, and says what of it was being played while the microphone captured a frame.</summary>
/// <remarks>
/// Without clock or device: <c>now</c> is monotonic. Thread-safe, since the loops of speaker and microphone both come here.
/// The two loops come late and in bursts. What is measured is the distance between the sample being played and the sample being heard; its
/// least of a second is free of lateness. The reading position keeps the first such distance, and jumps only when sound was lost for good:
/// that the cards count by two clocks is found out, far more finely than their queues tell it, by <see cref="IEchoCanceller.Shift"/>.
/// </remarks>
public sealed class PlayedSound
{
    private const int RingSamples = 1 << 15; // 680 ms
    private const double SamplesAMs = PcmFormat.SampleRate / 1000.0;
    private const double GapSamples = 25 * SamplesAMs; // the speaker ran dry; less is how coarsely sound cards tell their queue
    private const double JumpSamples = 3 * SamplesAMs; // more than this, twice: sound was lost, not late
    private const double LeadSamples = 4 * SamplesAMs; // an echo must never come before what made it
    private const double MostShift = 10; // samples a frame: one in a hundred
    private const double Slack = SamplesAMs; // to begin with: a distance that is less by so little moves nothing that was learnt
    private const int WindowFrames = 50; // 1 s

    private readonly Lock _gate = new();
    private readonly float[] _ring = new float[RingSamples];
    private long _written; // samples since the start, silence of gaps included
    private double _playing; // the sample that was being played at…
    private TimeSpan _playingAt;
    private bool _hasWritten;
    private long _heard; // samples
    private double _position; // where the last frame ended
    private bool _isAligned;
    private int _frames; // of this window
    private double _least;
    private double _offBefore; // how far the window before was off, when it was off by a jump

    /// <summary>Something was queued at the speaker.</summary>
    /// <param name="samples">What.</param>
    /// <param name="bufferedMs">How much the speaker has queued now, these included (<see cref="ISpeaker.BufferedMs"/>).</param>
    /// <param name="now">When that was asked.</param>
    public void OnWritten(ReadOnlySpan<short> samples, double bufferedMs, TimeSpan now)
    {
        lock (_gate)
        {
            var playing = _written + samples.Length - (bufferedMs * SamplesAMs);
            if (_hasWritten && PlayingAt(now) - playing is > GapSamples and var gap)
            {
                Silence((long)gap);
                playing += (long)gap;
            }

            foreach (var sample in samples)
            {
                _ring[_written++ % RingSamples] = sample;
            }

            (_playing, _playingAt, _hasWritten) = (playing, now, true);
        }
    }

    /// <summary>What was being played while the microphone's next frame was captured; silence where nothing was.</summary>
    /// <param name="frame">As long as the microphone's (<see cref="PcmFormat.FrameSamples"/>).</param>
    /// <param name="now">When that frame came.</param>
    /// <param name="shift">How many samples more than a frame to go on by (<see cref="IEchoCanceller.Shift"/>). What is no number is none.</param>
    public void Read(Span<short> frame, TimeSpan now, double shift = 0)
    {
        lock (_gate)
        {
            _heard += frame.Length;
            if (!_hasWritten)
            {
                frame.Clear();
                return;
            }

            Measure(PlayingAt(now) - _heard);
            var (start, step) = (_position, frame.Length + (double.IsFinite(shift) ? Math.Clamp(shift, -MostShift, MostShift) : 0));
            _position += step;
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = At(start + (step * (i + 1) / frame.Length) + LeadSamples);
            }
        }
    }

    /// <summary>Nothing is played any more, and what was is forgotten.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_ring);
        }
    }

    /// <summary>The microphone begins anew: where in its sound it stood before says nothing any more.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            (_isAligned, _frames, _offBefore) = (false, 0, 0);
        }
    }

    private double PlayingAt(TimeSpan now) => _playing + ((now - _playingAt).TotalSeconds * PcmFormat.SampleRate);

    private void Measure(double distance)
    {
        _least = _frames == 0 ? distance : Math.Min(_least, distance);

        if (!_isAligned && (_frames == 0 || distance < Distance - Slack))
        {
            Jump(distance); // at first the best that is known
        }

        if (++_frames < WindowFrames)
        {
            return;
        }

        _frames = 0;
        if (!_isAligned)
        {
            _isAligned = true;
            return;
        }

        var off = _least - Distance;
        if (Math.Abs(off) < JumpSamples)
        {
            _offBefore = 0;
        }
        else if (_offBefore != 0 && Math.Abs(off - _offBefore) < JumpSamples)
        {
            Jump(_least);
        }
        else
        {
            _offBefore = off;
        }
    }

    /// <summary>Between what is read and what is heard.</summary>
    private double Distance => _position - (_heard - PcmFormat.FrameSamples);

    private void Jump(double distance)
    {
        _offBefore = 0;
        _position = _heard - PcmFormat.FrameSamples + distance;
    }

    private void Silence(long samples)
    {
        for (var i = 0; i < Math.Min(samples, RingSamples); i++)
        {
            _ring[(_written + i) % RingSamples] = 0;
        }

        if (samples > RingSamples)
        {
            Array.Clear(_ring);
        }

        _written += samples;
    }

    private short At(double position)
    {
        var whole = (long)Math.Floor(position);
        return whole < FractionalSample.Before || whole + FractionalSample.After >= _written || whole - FractionalSample.Before <= _written - RingSamples
            ? (short)0
            : (short)Math.Clamp(MathF.Round(FractionalSample.Read(_ring, whole, position - whole)), short.MinValue, short.MaxValue);
    }
}
