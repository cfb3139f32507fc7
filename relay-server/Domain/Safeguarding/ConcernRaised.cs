using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Safeguarding;

public readonly record struct ConcernId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>That a concern was raised: who, when, and at which session or plan. What it is about is told to the school's own system.</summary>
/// <remarks>
/// Always true: somebody raised it, either an adult or a pupil. There is no field for its content, and none that text could be put into; for that
/// reason it carries no <see cref="Act"/>, which has words.
/// </remarks>
public sealed record ConcernRaised
{
    /// <exception cref="ArgumentException">Nobody raised it, or both an adult and a pupil did.</exception>
    public ConcernRaised(ConcernId id, Instant at, PersonId? byPerson, PupilId? byPupil, SessionId? session, PlanId? plan)
    {
        if (byPerson is null == byPupil is null) throw new ArgumentException("A concern is raised by an adult or by a pupil.", nameof(byPerson));
        (Id, At, ByPerson, ByPupil, Session, Plan) = (id, at, byPerson, byPupil, session, plan);
    }

    public ConcernId Id { get; }

    public Instant At { get; }

    public PersonId? ByPerson { get; }

    public PupilId? ByPupil { get; }

    /// <summary>The session during or after which it was raised; null outside of one.</summary>
    public SessionId? Session { get; }

    public PlanId? Plan { get; }
}
