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
}
