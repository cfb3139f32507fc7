using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Evaluation;

/// <summary>One thing that happened, without a name: what evaluations of engagement add up.</summary>
/// <remarks>Always true: the amount is positive; a category is named. Never attendance: that is <see cref="AttendanceFact"/>.</remarks>
public sealed record EngagementFact
{
    public const string Held = "held";

    private EngagementFact(SchoolId school, LocalDate date, Pseudonym pupil, EngagementMeasure measure, string category, long amount = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, 1);
        (School, Date, Pupil, Measure, Category, Amount) = (school, date, pupil, measure, category, amount);
    }

    public SchoolId School { get; }

    public LocalDate Date { get; }

    public Pseudonym Pupil { get; }

    public EngagementMeasure Measure { get; }

    public string Category { get; }

    /// <summary>Minutes for <see cref="EngagementMeasure.Minutes"/>, otherwise 1.</summary>
    public long Amount { get; }

    public static EngagementFact SessionHeld(SchoolId school, LocalDate date, Pseudonym pupil) =>
        new(school, date, pupil, EngagementMeasure.Sessions, Held);

    /// <param name="because">One of few: a reason in a person's own words could tell of somebody.</param>
    public static EngagementFact SessionNotHeld(SchoolId school, LocalDate date, Pseudonym pupil, NotHeldBecause because) =>
        new(school, date, pupil, EngagementMeasure.Sessions, because switch
        {
            NotHeldBecause.Declined => "not held: declined",
            NotHeldBecause.Cancelled => "not held: cancelled",
            NotHeldBecause.NotAgreed => "not held: not agreed in time",
            NotHeldBecause.RobotNotPlaced => "not held: the robot was not placed",
            NotHeldBecause.NotJoined => "not held: it did not come about",
            _ => throw new ArgumentException("No such reason.", nameof(because)),
        });

    public static EngagementFact MinutesWithRobot(SchoolId school, LocalDate date, Pseudonym pupil, PupilLocation location, long minutes) =>
        new(school, date, pupil, EngagementMeasure.Minutes, location switch
        {
            PupilLocation.Home => "with the robot, from home",
            PupilLocation.SchoolSite => "with the robot, on the school site",
            PupilLocation.OtherPlace => "with the robot, from another place",
            _ => throw new ArgumentException("No such location.", nameof(location)),
        }, minutes);

    public static EngagementFact MinutesInPerson(SchoolId school, LocalDate date, Pseudonym pupil, long minutes) =>
        new(school, date, pupil, EngagementMeasure.Minutes, "in person", minutes);

    /// <summary>Only of a move: a review that decided to stay or repeat moved nobody.</summary>
    public static EngagementFact StepMoved(SchoolId school, LocalDate date, Pseudonym pupil, StepDirection direction) =>
        new(school, date, pupil, EngagementMeasure.StepsMoved, direction switch
        {
            StepDirection.Up => "up",
            StepDirection.Down => "down",
            _ => throw new ArgumentException("No such direction.", nameof(direction)),
        });

    /// <summary>Only of a rating that the pupil chose to share.</summary>
    /// <param name="shared">As shared: "ready", "repeat", "too big", or a number.</param>
    public static EngagementFact RatingShared(SchoolId school, LocalDate date, Pseudonym pupil, string shared) =>
        new(school, date, pupil, EngagementMeasure.RatingsShared, shared);

    /// <param name="inWords">One of the few words that pages use for it.</param>
    public static EngagementFact LinkQuality(SchoolId school, LocalDate date, Pseudonym pupil, string inWords) =>
        new(school, date, pupil, EngagementMeasure.LinkQuality, inWords);

    public override string ToString() => nameof(EngagementFact);
}

/// <summary>Why a booked session was not held; none of them is anybody's fault.</summary>
public enum NotHeldBecause
{
    Declined,
    Cancelled,
    NotAgreed,
    RobotNotPlaced,
    NotJoined,
}

/// <summary>What is added up; each becomes a table of its own.</summary>
public enum EngagementMeasure
{
    /// <summary>Booked sessions: held, or not held with the reason. Booked is their total.</summary>
    Sessions,

    /// <summary>With the robot, by the pupil's location, and in person.</summary>
    Minutes,

    StepsMoved,

    RatingsShared,

    LinkQuality,
}
