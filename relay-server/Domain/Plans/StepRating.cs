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
    /// <param name="session">Null for a step without the robot.</param>
    /// <param name="forPupil">Null: nothing was rated.</param>
    /// <param name="seenByPupilAt">When the pupil saw the curve with these ratings in it; null when not yet.</param>
    public StepRating(
        RatingId id, PupilId pupil, StepId step, ScheduledSessionId? session, Instant at,
        PupilsRatings? forPupil = null, SharedWithAdults shared = SharedWithAdults.Answer, Instant? seenByPupilAt = null)
    {
        (Id, Pupil, Step, Session, At) = (id, pupil, step, session, at);
        (ForPupil, Shared, SeenByPupilAt) = (forPupil ?? new PupilsRatings(null, null, null, null), shared, seenByPupilAt);
    }

    public RatingId Id { get; }

    public PupilId Pupil { get; }

    public StepId Step { get; }

    public ScheduledSessionId? Session { get; }

    /// <summary>When the step was tried.</summary>
    public Instant At { get; }

    /// <summary>Everything. For the pupil's own pages, and to keep it; never for an adult's page.</summary>
    public PupilsRatings ForPupil { get; }

    public SharedWithAdults Shared { get; }

    public Instant? SeenByPupilAt { get; }

    /// <param name="rating">0–10; null skips it or takes it back.</param>
    /// <exception cref="ArgumentException">A rating outside 0–10.</exception>
    public StepRating Rate(RatingMoment moment, int? rating) => Changed(new PupilsRatings(
        moment == RatingMoment.Before ? rating : ForPupil.Before,
        moment == RatingMoment.Peak ? rating : ForPupil.Peak,
        moment == RatingMoment.After ? rating : ForPupil.After,
        ForPupil.Answer));

    /// <param name="answer">Null takes it back.</param>
    public StepRating Answer(PupilsAnswer? answer)
        => Changed(new PupilsRatings(ForPupil.Before, ForPupil.Peak, ForPupil.After, answer));

    /// <summary>The pupil has looked at the curve with these ratings in it. A later change is the pupil's to see first again.</summary>
    public StepRating SeenByPupil(Instant at) => new(Id, Pupil, Step, Session, At, ForPupil, Shared, at);

    /// <summary>The pupil chooses what adults see, more or less than before, at any time.</summary>
    public StepRating Share(SharedWithAdults shared) => new(Id, Pupil, Step, Session, At, ForPupil, shared, SeenByPupilAt);

    public AdultsRatings ForAdults()
    {
        var shared = SeenByPupilAt is null ? SharedWithAdults.Nothing : Shared;
        return new AdultsRatings(
            shared.HasFlag(SharedWithAdults.Before) ? ForPupil.Before : null,
            shared.HasFlag(SharedWithAdults.Peak) ? ForPupil.Peak : null,
            shared.HasFlag(SharedWithAdults.After) ? ForPupil.After : null,
            shared.HasFlag(SharedWithAdults.Answer) ? ForPupil.Answer : null);
    }

    /// <summary>What has changed is the pupil's to see first again.</summary>
    private StepRating Changed(PupilsRatings ratings) => new(Id, Pupil, Step, Session, At, ratings, Shared);
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
