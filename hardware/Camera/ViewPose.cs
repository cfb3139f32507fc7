using AV1Relay.Hardware.Head;

namespace AV1Relay.Hardware.Camera;

/// <summary>What a picture shows: where the head points, and how much of the lens is used.</summary>
/// <param name="Pan">Degrees, as <see cref="HeadPose.Pan"/>.</param>
/// <param name="Tilt">Degrees, as <see cref="HeadPose.Tilt"/>.</param>
/// <param name="Zoom">1 (the whole lens) to 4 (a quarter of its width). Digital; the lens itself is fixed.</param>
public readonly record struct ViewPose(double Pan, double Tilt, double Zoom)
{
    public const double MinZoom = 1;
    public const double MaxZoom = 4;

    public ViewPose(HeadPose head, double zoom)
        : this(head.Pan, head.Tilt, zoom)
    {
    }

    public HeadPose Head => new(Pan, Tilt);
}
