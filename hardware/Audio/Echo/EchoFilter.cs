namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Learns how the speaker's sound comes back to the microphone, and subtracts it; knows how much of it is probably left.</summary>
/// <remarks>
/// A partitioned-block Kalman filter in the frequency domain: G. Enzner and P. Vary, "Frequency-domain adaptive Kalman filter for acoustic
/// echo control in hands-free telephones", Signal Processing 86 (2006), with the diagonal approximation over partitions of F. Kuech,
/// E. Mabande and G. Enzner (ICASSP 2014). How far it steps is decided in each frequency by its own uncertainty against what else is heard
/// there, so somebody who talks at the same time does not unlearn it. The longer a frequency was not heard, the less is known of it: by then the
/// clocks may have turned its phase (<see cref="ClockSlip"/>). Levels are of full scale 1.
/// </remarks>
internal sealed class EchoFilter
{
    /// <summary>How long after its playing an echo can be taken out.</summary>
    public const int TailMilliseconds = 10 * Partitions;

    private const int Partitions = 20; // of one block each
    private const int Block = EchoBlock.Samples;
    private const int Bins = EchoBlock.Bins;
    private const int ConstrainedABlock = 4; // each partition's turn comes every 50 ms
    private const float Share = (float)Block / EchoBlock.TransformSamples; // of a transform that is new sound
    private const float Memory = 0.998f; // of the room, a block: with nothing learnt, half of it is forgotten in 3.5 s
    private const float FirstUncertainty = 0.1f; // −10 dB, a robot's usual path; falls by 2 dB a partition
    private const float MostUncertainty = 1; // 0 dB: a speaker is hardly heard louder than it was sent
    private const float Confidence = 0.45f; // of a step: partitions are not independent of each other, as the diagonal form takes them to be
    private const float ClockCaution = 16; // times what the clocks are expected to do to a path: echo is worse than a voice that is a little thinner
    private const float NearMemory = 0.8f; // of what else is heard
    private const float LateDecay = 0.8f; // a block: a room with 0.6 s of reverberation
    private const float Nothing = 1e-9f;
    private const float SilenceEnergy = 1e-7f * Block; // −70 dBFS

    private readonly RealTransform _transform = new(EchoBlock.TransformSamples);
    private readonly EchoLeak _leak = new();
    private readonly ClockSlip _slip;
    private readonly float[][] _playedReal = Table();
    private readonly float[][] _playedImaginary = Table();
    private readonly float[][] _pathReal = Table();
    private readonly float[][] _pathImaginary = Table();
    private readonly float[][] _uncertainty = Table();
    private readonly float[][] _own = Table(); // share of what was played that is of this frequency, and not of its neighbours
    private readonly float[] _played = new float[EchoBlock.TransformSamples];
    private readonly float[] _signal = new float[EchoBlock.TransformSamples];
    private readonly float[] _real = new float[Bins];
    private readonly float[] _imaginary = new float[Bins];
    private readonly float[] _echoReal = new float[Bins];
    private readonly float[] _echoImaginary = new float[Bins];
    private readonly float[] _errorReal = new float[Bins];
    private readonly float[] _errorImaginary = new float[Bins];
    private readonly float[] _echoPower = new float[Bins];
    private readonly float[] _near = new float[Bins]; // power of what is not echo
    private readonly float[] _weight = new float[Bins]; // one over the error's power
    private readonly float[] _age = new float[Bins]; // blocks since it was learnt
    private readonly float[] _doubt = new float[Bins]; // share of a path's power that becomes unknown in this block
    private readonly float[] _late = new float[Bins]; // power of what comes after the tail
    private readonly float[] _residual = new float[Bins];
    private int _newest; // index of the newest block in the tables of what was played
    private int _turn; // of the partition that is constrained next
    private float _drift; // samples a block, that there may be and nobody knows of
    private int _unheard; // blocks, until this one
    private int _silentBlocks = 2 * Partitions;

    /// <param name="clocks">That speaker and microphone count by.</param>
    public EchoFilter(Clocks clocks = Clocks.One)
    {
        _slip = new(clocks);
        for (var partition = 0; partition < Partitions; partition++)
        {
            Array.Fill(_uncertainty[partition], FirstUncertainty * MathF.Pow(10, -0.2f * partition));
        }
    }

    /// <summary>Expected power of the echo that is left in the last block, by frequency: as |transform|² of a block among zeros.</summary>
    public ReadOnlySpan<float> Residual => _residual;

    /// <inheritdoc cref="ClockSlip.Shift"/>
    public double Shift => _slip.Shift;

    /// <inheritdoc cref="ClockSlip.Ppm"/>
    public double DriftPpm => _slip.Ppm;

    /// <param name="heard">A block of the microphone's.</param>
    /// <param name="played">A block of what was played meanwhile.</param>
    /// <param name="rest">What is heard less the echo.</param>
    public void Process(ReadOnlySpan<float> heard, ReadOnlySpan<float> played, Span<float> rest)
    {
        Array.Copy(_played, Block, _played, 0, _played.Length - Block);
        played.CopyTo(_played.AsSpan(_played.Length - Block));
        _newest = (_newest + Partitions - 1) % Partitions;
        _transform.Forward(_played, _playedReal[_newest], _playedImaginary[_newest]);
        FindOwn(_playedReal[_newest], _playedImaginary[_newest], _own[_newest]);

        // A room does not change because nothing is played in it: what was learnt is kept, and there is nothing to subtract.
        _silentBlocks = Energy(played) < SilenceEnergy ? Math.Min(_silentBlocks + 1, 2 * Partitions) : 0;
        if (_silentBlocks >= 2 * Partitions)
        {
            heard.CopyTo(rest);
            Array.Clear(_residual);
            _slip.Skip();
            _unheard++;
            return;
        }

        if (_unheard > 0)
        {
            Resume(_unheard);
            _unheard = 0;
        }

        Subtract(heard, rest);
        Expect();
        _slip.Add(_errorReal, _errorImaginary, _echoReal, _echoImaginary, _residual, _weight);
        Forget();
        ExpectLate();
        _leak.Raise(_residual, _errorReal, _errorImaginary, _echoPower);
        Learn();
        Constrain();
    }

    private static float[][] Table() => [.. Enumerable.Range(0, Partitions).Select(_ => new float[Bins])];

    private static float Energy(ReadOnlySpan<float> samples)
    {
        var energy = 0f;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return energy;
    }

    /// <summary>A loud vowel spills over all frequencies of a transform without a window. Nothing is learnt about a frequency from that: else the
    /// filter is sure of the high ones when the first hiss comes. A Hann window, which in frequencies is a sum over neighbours, tells them apart.</summary>
    private static void FindOwn(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> own)
    {
        const float WindowPower = 0.375f; // of a Hann window
        (own[0], own[^1]) = (1, 1);
        for (var k = 1; k < own.Length - 1; k++)
        {
            var (u, v) = ((x[k] / 2) - ((x[k - 1] + x[k + 1]) / 4), (y[k] / 2) - ((y[k - 1] + y[k + 1]) / 4));
            own[k] = MathF.Min(1, (((u * u) + (v * v)) / WindowPower) / ((x[k] * x[k]) + (y[k] * y[k]) + Nothing));
        }
    }

    private int At(int partition) => (_newest + partition) % Partitions;

    /// <summary>The echo as far as it is known, by overlap-save; what is left over, and the spectra of both.</summary>
    private void Subtract(ReadOnlySpan<float> heard, Span<float> rest)
    {
        Array.Clear(_real);
        Array.Clear(_imaginary);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (x, y) = (_playedReal[At(partition)], _playedImaginary[At(partition)]);
            var (u, v) = (_pathReal[partition], _pathImaginary[partition]);
            for (var k = 0; k < Bins; k++)
            {
                _real[k] += (x[k] * u[k]) - (y[k] * v[k]);
                _imaginary[k] += (x[k] * v[k]) + (y[k] * u[k]);
            }
        }

        _transform.Inverse(_real, _imaginary, _signal);
        Array.Clear(_signal, 0, _signal.Length - Block);
        _transform.Forward(_signal, _echoReal, _echoImaginary);
        for (var k = 0; k < Bins; k++)
        {
            _echoPower[k] = (_echoReal[k] * _echoReal[k]) + (_echoImaginary[k] * _echoImaginary[k]);
        }

        var echo = _signal.AsSpan(_signal.Length - Block);
        for (var i = 0; i < Block; i++)
        {
            rest[i] = heard[i] - echo[i];
            echo[i] = rest[i];
        }

        _transform.Forward(_signal, _errorReal, _errorImaginary);
    }

    /// <summary>What is probably left: the filter's own uncertainty times what was played.</summary>
    private void Expect()
    {
        Array.Clear(_residual);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (x, y) = (_playedReal[At(partition)], _playedImaginary[At(partition)]);
            var uncertainty = _uncertainty[partition];
            for (var k = 0; k < Bins; k++)
            {
                _residual[k] += Share * uncertainty[k] * ((x[k] * x[k]) + (y[k] * y[k]));
            }
        }

        for (var k = 0; k < Bins; k++)
        {
            var error = (_errorReal[k] * _errorReal[k]) + (_errorImaginary[k] * _errorImaginary[k]);
            _near[k] = (NearMemory * _near[k]) + ((1 - NearMemory) * MathF.Max(0, error - _residual[k]));
            _weight[k] = 1 / (_residual[k] + _near[k] + Nothing);
        }
    }

    /// <summary>And the room's echo after the tail.</summary>
    private void ExpectLate()
    {
        const int Last = Partitions - 1;
        var (lastReal, lastImaginary) = (_playedReal[At(Last)], _playedImaginary[At(Last)]);
        for (var k = 0; k < Bins; k++)
        {
            var path = (_pathReal[Last][k] * _pathReal[Last][k]) + (_pathImaginary[Last][k] * _pathImaginary[Last][k]);
            var power = (lastReal[k] * lastReal[k]) + (lastImaginary[k] * lastImaginary[k]);
            _late[k] = LateDecay * (_late[k] + (Share * (path + _uncertainty[Last][k]) * power));
            _residual[k] += _late[k];
        }
    }

    /// <summary>A phase turns by frequency × drift × time. How much of a drift there may be is known only so well.</summary>
    private void Forget()
    {
        Doubt(blocks: 1);
        for (var k = 0; k < Bins; k++)
        {
            _age[k] *= 1 - (Confidence * _residual[k] * _weight[k]);
            _doubt[k] += 1 - Memory;
        }
    }

    /// <summary>After a silence: the room is as it was, but the clocks have gone on.</summary>
    private void Resume(int blocks)
    {
        Doubt(blocks);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (u, v, uncertainty) = (_pathReal[partition], _pathImaginary[partition], _uncertainty[partition]);
            for (var k = 0; k < Bins; k++)
            {
                uncertainty[k] = MathF.Min(MostUncertainty, uncertainty[k] + (_doubt[k] * ((u[k] * u[k]) + (v[k] * v[k]))));
            }
        }
    }

    /// <summary>What so many blocks more do to what is known of a frequency. Once its phase may be any, they do no more.</summary>
    private void Doubt(int blocks)
    {
        var (driftBefore, drift) = (_drift, (float)_slip.Deviation);
        _drift = drift;
        for (var k = 0; k < Bins; k++)
        {
            var omega = 2 * MathF.PI / EchoBlock.TransformSamples * k;
            var before = MathF.Min(1, omega * driftBefore * _age[k]);
            _age[k] = MathF.Min(_age[k] + blocks, 1 / ((omega * drift) + Nothing));
            var after = omega * drift * _age[k];
            _doubt[k] = ClockCaution * MathF.Max(0, (after * after) - (before * before));
        }
    }

    private void Learn()
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (x, y) = (_playedReal[At(partition)], _playedImaginary[At(partition)]);
            var (u, v) = (_pathReal[partition], _pathImaginary[partition]);
            var uncertainty = _uncertainty[partition];
            var own = _own[At(partition)];
            for (var k = 0; k < Bins; k++)
            {
                var step = own[k] * uncertainty[k] * _weight[k];
                u[k] += step * ((x[k] * _errorReal[k]) + (y[k] * _errorImaginary[k]));
                v[k] += step * ((x[k] * _errorImaginary[k]) - (y[k] * _errorReal[k]));
                var learnt = Confidence * Share * step * ((x[k] * x[k]) + (y[k] * y[k]));
                uncertainty[k] = MathF.Min(MostUncertainty, (Memory * (1 - learnt) * uncertainty[k]) + (_doubt[k] * ((u[k] * u[k]) + (v[k] * v[k]))));
            }
        }
    }

    /// <summary>A partition answers for its block alone: what wraps round the transform is cut, for a few partitions at a time.</summary>
    private void Constrain()
    {
        for (var i = 0; i < ConstrainedABlock; i++)
        {
            _transform.Inverse(_pathReal[_turn], _pathImaginary[_turn], _signal);
            Array.Clear(_signal, Block, _signal.Length - Block);
            _transform.Forward(_signal, _pathReal[_turn], _pathImaginary[_turn]);
            _turn = (_turn + 1) % Partitions;
        }
    }
}
