namespace AV1Relay.Hardware.Head;

/// <summary>How fast a head may move, the same for both axes.</summary>
/// <param name="MaxSpeed">Degrees a second.</param>
/// <param name="Acceleration">Degrees a second², for speeding up and for slowing down before a target.</param>
/// <param name="HoldDeceleration">Degrees a second², for <see cref="IHead.HoldAsync"/>: servos brake harder than they accelerate.</param>
public sealed record HeadDynamics(double MaxSpeed = 120, double Acceleration = 600, double HoldDeceleration = 2400)
{
    /// <summary>A servo that is led pose by pose (<see cref="HeadProfile"/>): quicker than any path that it is given. STS3215: 45 turns a minute.</summary>
    public static HeadDynamics Led { get; } = new(MaxSpeed: 270, Acceleration: 6000, HoldDeceleration: 6000);
}
