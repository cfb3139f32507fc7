using AV1Relay.Hardware.Audio.Echo;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio.Echo;

public sealed class RealTransformTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(1024)]
    public void It_is_the_discrete_Fourier_transform_and_goes_back(int size)
    {
        var random = new Random(size);
        var signal = new float[size];
        for (var i = 0; i < size; i++) signal[i] = (float)((2 * random.NextDouble()) - 1);
        var (real, imaginary, back) = (new float[(size / 2) + 1], new float[(size / 2) + 1], new float[size]);
        var transform = new RealTransform(size);

        transform.Forward(signal, real, imaginary);
        transform.Inverse(real, imaginary, back);

        foreach (var k in (int[])[0, 1, (size / 2) - 1, size / 2])
        {
            var (r, m) = (0.0, 0.0);
            for (var i = 0; i < size; i++)
            {
                r += signal[i] * Math.Cos(2 * Math.PI * k * i / size);
                m -= signal[i] * Math.Sin(2 * Math.PI * k * i / size);
            }

            Assert.Equal(r, real[k], 1e-3);
            Assert.Equal(m, imaginary[k], 1e-3);
        }

        for (var i = 0; i < size; i++) Assert.Equal(signal[i], back[i], 1e-5);
    }
}
