namespace AV1Relay.Hardware.Head;

/// <summary>Where the head points.</summary>
/// <param name="Pan">Degrees; positive turns to the robot's left (REP 103).</param>
/// <param name="Tilt">Degrees; positive looks up.</param>
public readonly record struct HeadPose(double Pan, double Tilt);
