namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Keeps the last half second of what went to the speaker, and says what of it was being played while the microphone captured a frame.</summary>
/// <remarks>
/// Without clock or device: <c>now</c> is monotonic. Thread-safe, since the loops of speaker and microphone both come here.
/// The two loops come late and in bursts, and the cards may count by two clocks. What is measured is the distance between the sample being
/// played and the sample being heard; its least of a second is free of lateness, and <see cref="DriftLine"/> draws the line through those.
/// The reading position follows that line by resampling, never by jumping, except when sound was lost for good.
/// </remarks>
public sealed class PlayedSound
{
    private const int RingSamples = 1 << 15; // 680 ms
    private const double SamplesAMs = PcmFormat.SampleRate / 1000.0;
    private const double GapSamples = 25 * SamplesAMs; // the speaker ran dry; less is how coarsely sound cards tell their queue
    private const double JumpSamples = 3 * SamplesAMs; // more than this, twice: sound was lost, not late
    private const double LeadSamples = 4 * SamplesAMs; // an echo must never come before what made it
    private const int WindowFrames = 50; // 1 s

    private readonly Lock _gate = new();
    private readonly float[] _ring = new float[RingSamples];
    private readonly DriftLine _line = new();
    private long _written; // samples since the start, silence of gaps included
    private double _playing; // the sample that was being played at…
    private TimeSpan _playingAt;
    private bool _hasWritten;
    private long _heard; // samples
    private double _position; // where the last frame ended
    private double _step; // samples a frame
    private bool _isAligned;
    private int _frames; // of this window
    private double _least;
    private double _offBefore; // how far the window before was off, when it was off by a jump

    /// <summary>How much faster the speaker's clock is found to run than the microphone's, in millionths.</summary>
    public double DriftPpm
    {
        get
        {
            lock (_gate)
            {
                return _line.Rate / WindowFrames / PcmFormat.FrameSamples * 1e6;
            }
        }
    }

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
    public void Read(Span<short> frame, TimeSpan now)
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
            var start = _position;
            _position += _step;
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = At(start + (_step * (i + 1) / frame.Length) + LeadSamples);
            }
        }
    }

    /// <summary>Nothing is played any more, and what was is forgotten. How the clocks run stays known.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_ring);
        }
    }

    /// <summary>The microphone begins anew: where in its sound it stood before says nothing any more. How the clocks run stays known.</summary>
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
        var isLess = _frames == 0 || distance < _least;
        if (isLess)
        {
            _least = distance;
        }

        if (!_isAligned && isLess)
        {
            Jump(distance); // at first the best that is known; nobody has learnt anything by it yet
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

        var off = _least - _line.Next;
        if (Math.Abs(off) < JumpSamples)
        {
            _offBefore = 0;
            _line.Add(_least);
        }
        else if (_offBefore != 0 && Math.Abs(off - _offBefore) < JumpSamples)
        {
            Jump(_least);
            return;
        }
        else
        {
            _offBefore = off;
            _line.Skip();
        }

        // By the end of the next window the position is to be on the line.
        _step = PcmFormat.FrameSamples + ((_line.Next - (_position - (_heard - PcmFormat.FrameSamples))) / WindowFrames);
    }

    private void Jump(double distance)
    {
        _offBefore = 0;
        _line.Restart(distance);
        _position = _heard - PcmFormat.FrameSamples + distance;
        _step = PcmFormat.FrameSamples + (_line.Rate / WindowFrames);
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
