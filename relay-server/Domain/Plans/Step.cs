using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <summary>One situation on a pupil's ladder: where, what, how long, how often, who is there, and how it is expected to feel.</summary>
/// <remarks>Always true: the situation is named; the rating lies in 0–10; the duration is positive; once a week or more seldom is a frequency of 1.</remarks>
public sealed record Step
{
    public const int LowestRating = 0;
    public const int HighestRating = 10;

    /// <exception cref="ArgumentException">No situation, a rating outside 0–10, a duration or frequency that is not positive.</exception>
    public Step(StepId id, string situation, int expectedRating, Duration duration, int sessionsPerWeek, string place, string whoIsThere, RobotUse? robot)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(situation);
        if (expectedRating is < LowestRating or > HighestRating) throw new ArgumentException("A rating lies between 0 and 10.", nameof(expectedRating));
        if (duration <= Duration.Zero) throw new ArgumentException("A step lasts some time.", nameof(duration));
        if (sessionsPerWeek < 1) throw new ArgumentException("A step is tried at least once in a week that it is tried in.", nameof(sessionsPerWeek));
        (Id, Situation, ExpectedRating, Duration, SessionsPerWeek, Place, WhoIsThere, Robot)
            = (id, situation, expectedRating, duration, sessionsPerWeek, place, whoIsThere, robot);
    }

    public StepId Id { get; }

    /// <summary>In the pupil's own words where possible.</summary>
    public string Situation { get; }

    /// <summary>How it is expected to feel, 0–10, in the pupil's own judgement.</summary>
    public int ExpectedRating { get; }

    public Duration Duration { get; }

    /// <summary>At most so many sessions in one week, Monday to Sunday.</summary>
    public int SessionsPerWeek { get; }

    public string Place { get; }

    public string WhoIsThere { get; }

    /// <summary>Null: a step in person, without the robot.</summary>
    public RobotUse? Robot { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(Step);

    /// <summary>Longer, more often, or the robot for more; place and company are free words and can't be compared.</summary>
    internal bool AsksMoreThan(Step other) => Duration > other.Duration
        || SessionsPerWeek > other.SessionsPerWeek
        || (Robot is not null && (other.Robot is null || !other.Robot.Capabilities.Has(Robot.Capabilities.Flags)));
}

/// <summary>What the robot is for at a step.</summary>
/// <param name="Capabilities">What it may do; enforced on the robot.</param>
/// <param name="AsksParent">Whether a parent agrees to each session beforehand.</param>
public sealed record RobotUse(CapabilitySet Capabilities, bool AsksParent = false);
