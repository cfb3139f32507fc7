using AV1Relay.Domain.People;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Plans;

public readonly record struct RatingId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>How one try at a step felt. It belongs to the pupil, and lies apart from the plan that adults read.</summary>
/// <remarks>
/// Always true: ratings lie in 0–10, each may be missing, and nothing waits for one; adults see nothing before the pupil has
/// looked at the curve as it is now, and then only what the pupil shares: at first the answer, and no number.
/// Numbers come out only through <see cref="ForPupil"/> and <see cref="ForAdults"/>. These are the pupil's own acts: no adult makes one.
/// </remarks>
public sealed class StepRating
{
    private readonly int? _before;
    private readonly int? _peak;
    private readonly int? _after;
    private readonly PupilsAnswer? _answer;

    /// <param name="session">Null for a step without the robot.</param>
    /// <param name="seenByPupilAt">When the pupil saw the curve with these ratings in it; null when not yet.</param>
    /// <exception cref="ArgumentException">A rating outside 0–10.</exception>
    public StepRating(
        RatingId id, PupilId pupil, StepId step, ScheduledSessionId? session, Instant at,
        int? before = null, int? peak = null, int? after = null, PupilsAnswer? answer = null,
        SharedWithAdults shared = SharedWithAdults.Answer, Instant? seenByPupilAt = null)
    {
        (Id, Pupil, Step, Session, At) = (id, pupil, step, session, at);
        (_before, _peak, _after, _answer) = (Checked(before), Checked(peak), Checked(after), answer);
        (Shared, SeenByPupilAt) = (shared, seenByPupilAt);
    }

    public RatingId Id { get; }

    public PupilId Pupil { get; }

    public StepId Step { get; }

    public ScheduledSessionId? Session { get; }

    /// <summary>When the step was tried.</summary>
    public Instant At { get; }

    public SharedWithAdults Shared { get; }

    public Instant? SeenByPupilAt { get; }

    /// <param name="rating">0–10; null skips it or takes it back.</param>
    /// <exception cref="ArgumentException">A rating outside 0–10.</exception>
    public StepRating Rate(RatingMoment moment, int? rating) => new(
        Id, Pupil, Step, Session, At,
        moment == RatingMoment.Before ? rating : _before,
        moment == RatingMoment.Peak ? rating : _peak,
        moment == RatingMoment.After ? rating : _after,
        _answer, Shared);

    /// <param name="answer">Null takes it back.</param>
    public StepRating Answer(PupilsAnswer? answer) => new(Id, Pupil, Step, Session, At, _before, _peak, _after, answer, Shared);

    /// <summary>The pupil has looked at the curve with these ratings in it. A later change is the pupil's to see first again.</summary>
    public StepRating SeenByPupil(Instant at) => new(Id, Pupil, Step, Session, At, _before, _peak, _after, _answer, Shared, at);

    /// <summary>The pupil chooses what adults see, more or less than before, at any time.</summary>
    public StepRating Share(SharedWithAdults shared) => new(Id, Pupil, Step, Session, At, _before, _peak, _after, _answer, shared, SeenByPupilAt);

    /// <summary>Everything. For the pupil's own pages, and to keep it; never for an adult's page.</summary>
    public PupilsRatings ForPupil() => new(_before, _peak, _after, _answer);

    public AdultsRatings ForAdults()
    {
        var shared = SeenByPupilAt is null ? SharedWithAdults.Nothing : Shared;
        return new AdultsRatings(
            shared.HasFlag(SharedWithAdults.Before) ? _before : null,
            shared.HasFlag(SharedWithAdults.Peak) ? _peak : null,
            shared.HasFlag(SharedWithAdults.After) ? _after : null,
            shared.HasFlag(SharedWithAdults.Answer) ? _answer : null);
    }

    private static int? Checked(int? rating) => rating is < Plans.Step.LowestRating or > Plans.Step.HighestRating
        ? throw new ArgumentException("A rating lies between 0 and 10.", nameof(rating))
        : rating;
}

public enum RatingMoment
{
    Before,
    Peak,
    After,
}

/// <summary>What the pupil says of a step, in one tap. Theirs to give: it is never worked out from numbers.</summary>
public enum PupilsAnswer
{
    Ready,
    Repeat,
    TooBig,
}

[Flags]
public enum SharedWithAdults
{
    Nothing = 0,

    /// <summary>"Ready", "repeat" or "too big": what adults see unless the pupil chooses otherwise.</summary>
    Answer = 1 << 0,
    Before = 1 << 1,
    Peak = 1 << 2,
    After = 1 << 3,
}
