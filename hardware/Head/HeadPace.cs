namespace AV1Relay.Hardware.Head;

/// <summary>How a head is led, both axes alike: how fast, how briskly, and how softly it starts and stops.</summary>
/// <param name="MaxSpeed">Degrees a second.</param>
/// <param name="Acceleration">Degrees a second².</param>
/// <param name="Softness">How long a change of acceleration is spread over. The jerk is at most 2 · <paramref name="Acceleration"/> / softness.</param>
public sealed record HeadPace(double MaxSpeed, double Acceleration, TimeSpan Softness)
{
    /// <summary>For a pupil or a class that likes it slow: a quarter turn in about two seconds.</summary>
    public static HeadPace Gentle { get; } = new(50, 200, TimeSpan.FromMilliseconds(160));

    /// <summary>A quarter turn in about a second.</summary>
    public static HeadPace Usual { get; } = new(120, 600, TimeSpan.FromMilliseconds(80));

    /// <summary>As quick as the reference servos do without a sound that disturbs a lesson.</summary>
    public static HeadPace Brisk { get; } = new(180, 1200, TimeSpan.FromMilliseconds(60));

    /// <summary>Degrees a second³.</summary>
    public double MaxJerk => 2 * Acceleration / Softness.TotalSeconds;
}
