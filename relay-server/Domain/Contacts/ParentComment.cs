using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Contacts;

public readonly record struct ParentCommentId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A parent's words on the plan. They stay as they were written; a correction stands beside them.</summary>
/// <remarks>Always true: no version of it is empty; only its author has corrected it.</remarks>
public sealed record ParentComment
{
    /// <exception cref="ArgumentException">Empty words, or a correction by somebody else.</exception>
    public ParentComment(ParentCommentId id, PlanId plan, string words, Act written, IEnumerable<CommentCorrection> corrections)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        ArgumentNullException.ThrowIfNull(written);
        (Id, Plan, Words, Written, Corrections) = (id, plan, words, written, [.. corrections]);
        if (Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Words) || correction.Act.Who != written.Who))
            throw new ArgumentException("A correction is empty or not by the author.", nameof(corrections));
    }

    public ParentCommentId Id { get; }

    public PlanId Plan { get; }

    /// <summary>As first written.</summary>
    public string Words { get; }

    public Act Written { get; }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<CommentCorrection> Corrections { get; private init; }

    public string WordsNow => Corrections.Count > 0 ? Corrections[^1].Words : Words;

    public static Outcome<ParentComment> Write(ParentCommentId id, PlanId plan, string words, Act act)
        => string.IsNullOrWhiteSpace(words) ? Empty() : new ParentComment(id, plan, words, act, []);

    public Outcome<ParentComment> Correct(string words, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (act.Who != Written.Who)
            return new Refusal("comment.not-yours", "Only the parent who wrote this can correct it.", "Write a comment of your own.");
        if (string.IsNullOrWhiteSpace(words)) return Empty();
        return this with { Corrections = [.. Corrections, new CommentCorrection(words, act)] };
    }

    private static Refusal Empty() => new("comment.empty", "There is nothing written yet.", "Write what you would like to say.");

    public override string ToString() => nameof(ParentComment);
}

public sealed record CommentCorrection(string Words, Act Act)
{
    public override string ToString() => nameof(CommentCorrection);
}
