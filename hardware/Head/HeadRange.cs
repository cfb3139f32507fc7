namespace AV1Relay.Hardware.Head;

/// <summary>What a head's mechanism can reach, in degrees, signs as in <see cref="HeadPose"/>.</summary>
public readonly record struct HeadRange(double MinPan, double MaxPan, double MinTilt, double MaxTilt)
{
    /// <summary>The reference head: pan ±150°, tilt −25…+30°.</summary>
    public static HeadRange Reference { get; } = new(-150, 150, -25, 30);

    public bool Contains(HeadPose pose)
        => pose.Pan >= MinPan && pose.Pan <= MaxPan && pose.Tilt >= MinTilt && pose.Tilt <= MaxTilt;

    /// <summary>The nearest pose inside. A coordinate that is not a number becomes the middle of its range.</summary>
    public HeadPose Clamp(HeadPose pose)
        => new(ClampAxis(pose.Pan, MinPan, MaxPan), ClampAxis(pose.Tilt, MinTilt, MaxTilt));

    private static double ClampAxis(double value, double min, double max)
        => double.IsNaN(value) ? (min + max) / 2 : Math.Clamp(value, min, max);
}
