namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>How sound gets from the robot's speaker to its own microphone, and what else is in the room.</summary>
/// <param name="DirectMs">From speaker to microphone through air and case.</param>
/// <param name="DirectDb">Gain of that path; 0 is as loud as played.</param>
/// <param name="ReflectionMs">By the nearest hard surface.</param>
/// <param name="ReflectionDb">Gain of that path.</param>
/// <param name="ReverberationSeconds">Until the diffuse rest has died down by 60 dB (RT60).</param>
/// <param name="ReverberationDb">Gain of each of the diffuse rest's four parts.</param>
/// <param name="NoiseDbfs">RMS of the room's own noise at the microphone; white.</param>
public sealed record RoomAcoustics(
    double DirectMs, double DirectDb, double ReflectionMs, double ReflectionDb, double ReverberationSeconds, double ReverberationDb, double NoiseDbfs)
{
    /// <summary>A small room with curtains and books; the robot stands on a desk.</summary>
    public static RoomAcoustics Furnished { get; } = new(1.5, -8, 9, -16, 0.3, -30, -72);

    /// <summary>A big classroom with bare walls, the robot some metres from a window.</summary>
    public static RoomAcoustics Bare { get; } = new(2.5, -10, 38, -16, 0.6, -30, -66);
}
