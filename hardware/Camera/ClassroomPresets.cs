using AV1Relay.Hardware.Head;

namespace AV1Relay.Hardware.Camera;

/// <summary>Where things are in the virtual classroom, for the pupil's buttons.</summary>
public static class ClassroomPresets
{
    public static HeadPose Board { get; } = new(Pan: 8, Tilt: 5);

    public static HeadPose Teacher { get; } = new(Pan: -21, Tilt: 4);

    /// <summary>The friend at the robot's left.</summary>
    public static HeadPose Buddy { get; } = new(Pan: 68, Tilt: -2);
}
