using AV1Relay.Hardware.Lights;

namespace AV1Relay.Hardware.Linux.Lights;

/// <summary>The ring of APA102 or SK9822 LEDs on SPI.</summary>
/// <remarks>LEDs answer nothing: <see cref="Shown"/> means that every bit was clocked out, not that anything shines. A ring that is
/// unplugged is noticed by people only, which is why somebody looks at it during the robot's check.</remarks>
public sealed class Apa102Lights : ILights
{
    /// <summary>Slow enough for half a metre of ribbon cable; a frame takes 0.2 ms.</summary>
    public const int ClockHertz = 2_000_000;

    internal const int FrameLength = StartLength + (LightFrame.LedCount * LedLength) + EndLength;

    private const int StartLength = 4;
    private const int LedLength = 4;

    // Four zero bytes latch an SK9822; each LED delays the data by half a clock, so n/2 more clocks push it to the last one.
    private const int EndLength = 4 + (((LightFrame.LedCount / 2) + 7) / 8);
    private const byte LedMark = 0xE0;

    private readonly ISpiLine _line;
    private readonly byte[] _bytes = new byte[FrameLength];
    private volatile LightFrame? _shown;

    internal Apa102Lights(ISpiLine line) => _line = line;

    public LightFrame? Shown => _shown;

    /// <param name="bus">The first number of <c>/dev/spidev0.0</c>.</param>
    /// <param name="chipSelect">The second.</param>
    public static Apa102Lights OnSpi(int bus, int chipSelect) => new(new SpiLine(bus, chipSelect, ClockHertz));

    public ValueTask ShowAsync(LightFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(frame, _bytes);
        try
        {
            _line.Write(_bytes);
        }
        catch (HardwareException problem)
        {
            _shown = null;
            throw new HardwareException(problem.Fault, $"The light ring does not take frames. {problem.Message}", problem);
        }

        _shown = frame;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _line.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Four zero bytes; brightness, blue, green, red for each LED; the end.</summary>
    internal static void Write(LightFrame frame, Span<byte> into)
    {
        into.Clear();
        var at = StartLength;
        foreach (var led in frame.Leds)
        {
            (into[at], into[at + 1], into[at + 2], into[at + 3]) = ((byte)(LedMark | led.Brightness), led.B, led.G, led.R);
            at += LedLength;
        }
    }
}
