using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Contacts;

public readonly record struct CommentId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>What a parent says to the plan or to a contact, or staff to a parent. It stays as it was written; a correction stands beside it.</summary>
/// <remarks>Always true: no version of it is empty; only its author has corrected it.</remarks>
public sealed record Comment
{
    /// <param name="contact">The contact that it is on; null: on the plan.</param>
    /// <exception cref="ArgumentException">Empty words, or a correction by somebody else.</exception>
    public Comment(CommentId id, PlanId plan, ContactId? contact, string words, Act written, ImmutableArray<CommentCorrection> corrections)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        ArgumentNullException.ThrowIfNull(written);
        (Id, Plan, Contact, Words, Written, Corrections) = (id, plan, contact, words, written, corrections.IsDefault ? [] : corrections);
        if (Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Words) || correction.Act.Who != written.Who))
            throw new ArgumentException("A correction is empty or not by the author.", nameof(corrections));
    }

    public CommentId Id { get; }

    public PlanId Plan { get; }

    /// <summary>Null: it is on the plan.</summary>
    public ContactId? Contact { get; }

    /// <summary>As first written.</summary>
    public string Words { get; }

    public Act Written { get; }

    /// <summary>In the order in which they were made.</summary>
    public ImmutableArray<CommentCorrection> Corrections { get; private init; }

    public string WordsNow => Corrections.Length > 0 ? Corrections[^1].Words : Words;

    public static Outcome<Comment> Write(CommentId id, PlanId plan, ContactId? contact, string words, Act act)
        => string.IsNullOrWhiteSpace(words) ? Empty() : new Comment(id, plan, contact, words, act, []);

    public Outcome<Comment> Correct(string words, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (act.Who != Written.Who)
            return new Refusal("comment.not-yours", "Only who wrote this can correct it.", "Write a comment of your own.");
        if (string.IsNullOrWhiteSpace(words)) return Empty();
        return this with { Corrections = Corrections.Add(new CommentCorrection(words, act)) };
    }

    private static Refusal Empty() => new("comment.empty", "There is nothing written yet.", "Write what you would like to say.");

    public override string ToString() => nameof(Comment);
}

public sealed record CommentCorrection(string Words, Act Act)
{
    public override string ToString() => nameof(CommentCorrection);
}
