using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>When those who are taken by a session are needed next; null: not again that day.</summary>
/// <param name="RobotForSamePupil">True when the robot's next session is with the same pupil, so that no rest lies between.</param>
public sealed record WhatFollows(Instant? Robot, Instant? Pupil, Instant? Carrier, bool RobotForSamePupil = false)
{
    public static WhatFollows Nothing { get; } = new(null, null, null);
}
