using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Privacy;

public readonly record struct LegalHoldId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>Something must not be deleted for now, because of a claim, an inquiry or a request. It holds until a person lifts it.</summary>
/// <remarks>Always true: it says why.</remarks>
public sealed record LegalHold
{
    /// <param name="pupil">Whose records; null for everybody's.</param>
    /// <param name="class">Which class; null for all.</param>
    /// <exception cref="ArgumentException">It doesn't say why.</exception>
    public LegalHold(LegalHoldId id, PupilId? pupil, RetentionClass? @class, Act placed, Act? lifted)
    {
        ArgumentNullException.ThrowIfNull(placed);
        ArgumentException.ThrowIfNullOrWhiteSpace(placed.Why, nameof(placed));
        (Id, Pupil, Class, Placed, Lifted) = (id, pupil, @class, placed, lifted);
    }

    public LegalHoldId Id { get; }

    public PupilId? Pupil { get; }

    public RetentionClass? Class { get; }

    public Act Placed { get; }

    public Act? Lifted { get; private init; }

    public static Outcome<LegalHold> Place(LegalHoldId id, PupilId? pupil, RetentionClass? @class, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return string.IsNullOrWhiteSpace(act.Why)
            ? new Refusal("hold.reason-missing", "A legal hold needs a reason.", "Write why these records must be kept for now.")
            : new LegalHold(id, pupil, @class, act, null);
    }

    public Outcome<LegalHold> Lift(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return Lifted is null ? this with { Lifted = act } : new Refusal("hold.lifted", "This hold has been lifted already.", "There is nothing to do.");
    }

    public bool Covers(RecordFacts record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Lifted is null && (Pupil is null || Pupil == record.Pupil) && (Class is null || Class == record.Class);
    }
}
