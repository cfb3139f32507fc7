namespace AV1Relay.Tests.Rig;

/// <summary>One displayed frame of the simulated robot, read off the pupil's screen. Times are ms since the Unix epoch.</summary>
/// <param name="CapturedAt">When the virtual camera took it, before encoding.</param>
/// <param name="Pan">Degrees, positive to the robot's left.</param>
/// <param name="Tilt">Degrees, positive up.</param>
/// <param name="Zoom">1–4.</param>
/// <param name="Counter">The camera's frame counter, 16 bits.</param>
/// <param name="DisplayedAt"><c>expectedDisplayTime</c> of the frame whose pixels were read.</param>
/// <param name="ReceivedAt">When its last packet reached the browser; 0 when the browser does not say.</param>
/// <param name="DecodeMs">The browser's own decode time, ms.</param>
/// <param name="CallbackAt">When the page was told of the frame.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="PresentedFrames">The browser's count of frames shown.</param>
/// <param name="KeyPressedAt">The newest key press before this frame; 0 when none.</param>
public sealed record StripReading(
    double CapturedAt, double Pan, double Tilt, double Zoom, int Counter, double DisplayedAt, double ReceivedAt, double DecodeMs,
    double CallbackAt, int Width, int Height, long PresentedFrames, double KeyPressedAt)
{
    /// <summary>When it was on the screen, at the earliest: the first frame after a standstill may bear an <c>expectedDisplayTime</c> seconds before its arrival.</summary>
    public double ShownAt => Math.Max(DisplayedAt, CallbackAt);

    public double GlassToGlassMs => DisplayedAt - CapturedAt;
}
