namespace AV1Relay.Hardware.Lights;

/// <summary>One LED of the ring, as an APA102 takes it.</summary>
/// <param name="R">Red, 0…255.</param>
/// <param name="G">Green, 0…255.</param>
/// <param name="B">Blue, 0…255.</param>
/// <param name="Brightness">0 (off) to 31; multiplies the colour.</param>
public readonly record struct LedColor(byte R, byte G, byte B, byte Brightness)
{
    public const byte MaxBrightness = 31;

    public static LedColor Off => default;

    public bool IsLit => Brightness > 0 && (R | G | B) != 0;

    /// <summary>Relative luminance 0…1 of linear light (Rec. 709 weights): what the eye, and flash limits, go by.</summary>
    public double Luminance => ((0.2126 * R) + (0.7152 * G) + (0.0722 * B)) / 255 * Brightness / MaxBrightness;
}
