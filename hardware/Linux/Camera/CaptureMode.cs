namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>One way in which a camera can give pictures.</summary>
/// <param name="Format">How pixels are packed.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Numerator">Of the frame interval in seconds.</param>
/// <param name="Denominator">Of the frame interval in seconds.</param>
internal readonly record struct CaptureMode(PixelFormat Format, int Width, int Height, uint Numerator, uint Denominator)
{
    public double FramesPerSecond => Numerator == 0 ? 0 : (double)Denominator / Numerator;

    public override string ToString() => $"{Width}×{Height} {Format} at {FramesPerSecond:0.#} pictures a second";
}

/// <summary>Chooses among the ways in which a camera can give pictures, for latency.</summary>
internal static class CaptureChoice
{
    private const double RateTolerance = 0.9; // 29.97 is 30, and a camera's 27.5 is not worth a smaller picture

    /// <summary>The rate comes before the size, since each missing picture is delay; then the smallest picture that is not under the wanted size
    /// (else the largest there is), since each pixel more is time on the bus; then uncompressed before JPEG, which has to be decoded; then the
    /// lowest rate that is enough.</summary>
    /// <param name="modes">What the camera can do.</param>
    /// <param name="width">At least, where the camera can.</param>
    /// <param name="height">At least, where the camera can.</param>
    /// <param name="framesPerSecond">At least, where the camera can.</param>
    /// <param name="canDecodeJpeg">Whether compressed pictures are of any use.</param>
    /// <returns>Null: none of them can be used.</returns>
    public static CaptureMode? Choose(IEnumerable<CaptureMode> modes, int width, int height, int framesPerSecond, bool canDecodeJpeg)
    {
        var usable = modes
            .Where(mode => mode.Format.IsKnown() && (canDecodeJpeg || !mode.Format.IsCompressed()) && mode is { Width: >= 16, Height: >= 16, FramesPerSecond: > 0 })
            .ToList();
        if (usable.Count == 0) return null;

        bool IsFast(CaptureMode mode) => mode.FramesPerSecond >= RateTolerance * framesPerSecond;
        bool IsLarge(CaptureMode mode) => mode.Width >= width && mode.Height >= height;
        return usable
            .OrderBy(mode => IsFast(mode) ? 0 : framesPerSecond - mode.FramesPerSecond)
            .ThenByDescending(IsLarge)
            .ThenBy(mode => (long)mode.Width * mode.Height * (IsLarge(mode) ? 1 : -1))
            .ThenBy(mode => mode.Format.IsCompressed())
            .ThenBy(mode => mode.Format == PixelFormat.Yuyv) // a third more bytes than the others
            .ThenBy(mode => mode.FramesPerSecond)
            .First();
    }
}
