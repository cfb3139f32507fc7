using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Plans;

/// <summary>People moved the pupil along the ladder: from where to where, who entered it, when, and who agreed.</summary>
/// <remarks>Always true: a move up has the agreement of the pupil and of a key adult; each agreement is to this move; a move down has the pupil's say.</remarks>
public sealed record StepMove
{
    /// <param name="version">The plan's after the move.</param>
    /// <exception cref="ArgumentException">A move up without both agreements, one to something else, or a move down without the pupil's say.</exception>
    public StepMove(int version, StepDirection direction, NamedStep from, NamedStep to, Act act, ImmutableArray<Agreement> agreements, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(act);
        (Version, Direction, From, To, Act, Say) = (version, direction, from, to, act, say);
        Agreements = agreements.IsDefault ? [] : agreements;
        if (!Agreements.All(agreement => agreement.To is AgreedTo.Move move && move.From == from.Id && move.To == to.Id))
            throw new ArgumentException("Each agreement is to this move.", nameof(agreements));
        if (direction == StepDirection.Up && !(HasAgreed(AgreementCapacity.Pupil) && HasAgreed(AgreementCapacity.KeyAdult)))
            throw new ArgumentException("Pupil and key adult step up together.", nameof(agreements));
        if (direction == StepDirection.Down && say is null) throw new ArgumentException("The pupil's say goes with a move down.", nameof(say));
    }

    public int Version { get; }

    public StepDirection Direction { get; }

    public NamedStep From { get; }

    public NamedStep To { get; }

    /// <summary>Who entered it. Going down never needs a reason, so its words are often empty.</summary>
    public Act Act { get; }

    public ImmutableArray<Agreement> Agreements { get; }

    /// <summary>Null only with a move up, when the pupil said no more than their agreement does.</summary>
    public PupilsSay? Say { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(StepMove);

    private bool HasAgreed(AgreementCapacity capacity) => Agreements.Any(agreement => agreement.Capacity == capacity);
}

public enum StepDirection
{
    Up,

    /// <summary>A way to go on, and as good as any other. Never a failure, and never counted as one.</summary>
    Down,
}

/// <summary>A step as it was called at the time: history stays readable when the ladder has changed since.</summary>
public sealed record NamedStep(StepId Id, string Situation)
{
    public static NamedStep Of(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new NamedStep(step.Id, step.Situation);
    }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(NamedStep);
}
