using System.Globalization;

namespace AV1Relay.Tests.Workbench;

/// <summary>One LED as the ring was last told it.</summary>
/// <param name="Brightness">0 to 31.</param>
public sealed record RecordedLed(byte Brightness, byte R, byte G, byte B);

/// <summary>What the light ring was told, read back from the recording SPI controller and decoded as an SK9822 would (datasheet: start
/// of 32 zero bits; 111 and five bits of brightness, blue, green, red for each LED).</summary>
internal sealed class LightRecorder(string folder = "/sys/kernel/debug/spi-recorder")
{
    private const int Leds = 12;

    public int ClockHertz => int.Parse(File.ReadAllText(Path.Combine(folder, "speed_hz")), CultureInfo.InvariantCulture);

    /// <summary>Whether every further transfer fails.</summary>
    public void Fail(bool fails) => File.WriteAllText(Path.Combine(folder, "fail"), fails ? "Y" : "N");

    /// <exception cref="InvalidDataException">An SK9822 would not understand it.</exception>
    public RecordedLed[] Read()
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, "last"));
        if (bytes.Length == 0) return [.. Enumerable.Repeat(new RecordedLed(0, 0, 0, 0), Leds)]; // nothing yet: dark since power-on
        var ends = Leds / 2 / 8 + 4; // half a clock for each LED, and the latch
        if (bytes.Length < 4 + (4 * Leds) + ends || bytes.AsSpan(0, 4).ContainsAnyExcept((byte)0))
            throw new InvalidDataException($"No frame for {Leds} LEDs: {Convert.ToHexString(bytes)}.");
        return [.. Enumerable.Range(0, Leds).Select(led => Decode(bytes.AsSpan(4 + (4 * led), 4)))];
    }

    private static RecordedLed Decode(ReadOnlySpan<byte> led) => led[0] >> 5 == 0b111
        ? new((byte)(led[0] & 31), led[3], led[2], led[1])
        : throw new InvalidDataException($"An LED's word begins with 111, not {led[0]:X2}.");
}
