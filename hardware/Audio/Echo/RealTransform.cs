namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>The discrete Fourier transform of real signals, by a complex one of half the size (radix 2). Allocates once.</summary>
internal sealed class RealTransform
{
    private readonly int _half;
    private readonly int[] _swaps;
    private readonly float[] _cosine;
    private readonly float[] _sine;
    private readonly float[] _real;
    private readonly float[] _imaginary;

    /// <param name="size">Samples; a power of two, 8 or more.</param>
    public RealTransform(int size)
    {
        _half = size / 2;
        (_real, _imaginary) = (new float[_half], new float[_half]);
        (_cosine, _sine) = (new float[_half + 1], new float[_half + 1]);
        for (var i = 0; i <= _half; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * i / size);
            (_cosine[i], _sine[i]) = ((float)cosine, (float)sine);
        }

        _swaps = new int[_half];
        for (int i = 1, j = 0; i < _half; i++)
        {
            var bit = _half >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            _swaps[i] = j;
        }
    }

    /// <param name="signal">Size samples.</param>
    /// <param name="real">Bins 0 to size/2: one more than half the size.</param>
    /// <param name="imaginary">Likewise.</param>
    public void Forward(ReadOnlySpan<float> signal, Span<float> real, Span<float> imaginary)
    {
        for (var i = 0; i < _half; i++)
        {
            var from = 2 * _swaps[i];
            (_real[i], _imaginary[i]) = (signal[from], signal[from + 1]);
        }

        Butterflies();
        (real[0], imaginary[0]) = (_real[0] + _imaginary[0], 0);
        (real[_half], imaginary[_half]) = (_real[0] - _imaginary[0], 0);
        for (var k = 1; k < _half; k++)
        {
            var (r, m, s, t) = (_real[k], _imaginary[k], _real[_half - k], _imaginary[_half - k]);
            var (evenReal, evenImaginary) = ((r + s) / 2, (m - t) / 2);
            var (oddReal, oddImaginary) = ((m + t) / 2, (s - r) / 2);
            real[k] = evenReal + (oddReal * _cosine[k]) + (oddImaginary * _sine[k]);
            imaginary[k] = evenImaginary + (oddImaginary * _cosine[k]) - (oddReal * _sine[k]);
        }
    }

    /// <summary>Undoes <see cref="Forward"/>.</summary>
    public void Inverse(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> signal)
    {
        for (var i = 0; i < _half; i++)
        {
            var k = _swaps[i];
            var (r, m, s, t) = (real[k], imaginary[k], real[_half - k], imaginary[_half - k]);
            var (evenReal, evenImaginary) = ((r + s) / 2, (m - t) / 2);
            var (turnedReal, turnedImaginary) = ((r - s) / 2, (m + t) / 2);
            var oddReal = (turnedReal * _cosine[k]) - (turnedImaginary * _sine[k]);
            var oddImaginary = (turnedReal * _sine[k]) + (turnedImaginary * _cosine[k]);
            // Conjugated on the way in and out, the forward butterflies are the inverse ones.
            (_real[i], _imaginary[i]) = (evenReal - oddImaginary, -(evenImaginary + oddReal));
        }

        Butterflies();
        var scale = 1f / _half;
        for (var i = 0; i < _half; i++)
        {
            signal[2 * i] = _real[i] * scale;
            signal[(2 * i) + 1] = -_imaginary[i] * scale;
        }
    }

    private void Butterflies()
    {
        var (real, imaginary) = (_real, _imaginary);
        for (var length = 2; length <= _half; length <<= 1)
        {
            var step = 2 * _half / length;
            for (var start = 0; start < _half; start += length)
            {
                for (int k = 0, i = start, j = start + (length / 2); k < length / 2; k++, i++, j++)
                {
                    var (cosine, sine) = (_cosine[k * step], _sine[k * step]);
                    var r = (real[j] * cosine) + (imaginary[j] * sine);
                    var m = (imaginary[j] * cosine) - (real[j] * sine);
                    (real[j], imaginary[j]) = (real[i] - r, imaginary[i] - m);
                    (real[i], imaginary[i]) = (real[i] + r, imaginary[i] + m);
                }
            }
        }
    }
}
