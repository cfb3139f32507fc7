namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>A colour as video has it: BT.601, limited range. Mixing is linear, so everything is drawn in it directly.</summary>
internal readonly record struct Ink(byte Y, byte U, byte V)
{
    /// <param name="rgb">0xRRGGBB.</param>
    public static Ink Rgb(int rgb)
    {
        double r = rgb >> 16 & 0xFF, g = rgb >> 8 & 0xFF, b = rgb & 0xFF;
        return new(
            (byte)Math.Round(16 + (0.257 * r) + (0.504 * g) + (0.098 * b)),
            (byte)Math.Round(128 - (0.148 * r) - (0.291 * g) + (0.439 * b)),
            (byte)Math.Round(128 + (0.439 * r) - (0.368 * g) - (0.071 * b)));
    }

    /// <param name="share">Of <paramref name="other"/>, 0…1.</param>
    public Ink Mix(Ink other, float share) => new(Mix(Y, other.Y, share), Mix(U, other.U, share), Mix(V, other.V, share));

    private static byte Mix(byte from, byte to, float share) => (byte)(from + ((to - from) * share) + 0.5f);
}
