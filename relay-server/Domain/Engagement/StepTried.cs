using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Engagement;

/// <summary>What happened at one try of a step, with the robot or in person. Says nothing about attendance.</summary>
/// <remarks>Always true: it lasted no less than nothing and at most a day; pauses are not negative.</remarks>
public sealed record StepTried
{
    /// <param name="session">Null: a step in person, without the robot.</param>
    /// <param name="start">Wall time at the school.</param>
    /// <exception cref="ArgumentException">A time below zero or above a day, or fewer than no pauses.</exception>
    public StepTried(StepId step, ScheduledSessionId? session, LocalDateTime start, Duration live, int pauses, bool leftEarly, PupilLocation location)
    {
        if (live < Duration.Zero || live > Duration.FromDays(1)) throw new ArgumentException("A step tried lasts a day at most.", nameof(live));
        ArgumentOutOfRangeException.ThrowIfNegative(pauses);
        if (!Enum.IsDefined(location)) throw new ArgumentException("No such location.", nameof(location));
        (Step, Session, Start, Live, Pauses, LeftEarly, Location) = (step, session, start, live, pauses, leftEarly, location);
    }

    public StepId Step { get; }

    /// <summary>Null: a step in person, without the robot.</summary>
    public ScheduledSessionId? Session { get; }

    public LocalDateTime Start { get; }

    /// <summary>With the robot, the time that the session was live; in person, the time that the step took.</summary>
    public Duration Live { get; }

    public int Pauses { get; }

    /// <summary>For the next review's sake only. No reason is asked for, no sum counts it, and it is never held against anyone.</summary>
    public bool LeftEarly { get; }

    public PupilLocation Location { get; }

    public bool IsWithRobot => Session is not null;
}
