namespace AV1Relay.Hardware.Camera;

/// <summary>Size and rate of I420 pictures.</summary>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="FramesPerSecond">Pictures a second.</param>
public readonly record struct VideoFormat(int Width, int Height, int FramesPerSecond)
{
    public static VideoFormat Small { get; } = new(640, 360, 30);

    public static VideoFormat Hd { get; } = new(1280, 720, 30);

    public TimeSpan FrameInterval => TimeSpan.FromSeconds(1.0 / FramesPerSecond);

    /// <summary>What a camera is asked for so that a zoomed view shows more and not larger pixels: twice the size, as far as 1920×1080 goes.</summary>
    public VideoFormat WithRoomForZoom()
    {
        var factor = Math.Clamp(Math.Min(1920.0 / Width, 1080.0 / Height), 1, 2);
        return this with { Width = (int)(Width * factor) / 2 * 2, Height = (int)(Height * factor) / 2 * 2 };
    }
}
