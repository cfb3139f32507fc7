using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Contacts;

/// <summary>What a parent says to the whole plan, or staff to a parent; and that staff have read it.</summary>
/// <remarks>
/// Always true: it is on the plan and on no contact; it was read by somebody else than who wrote it, and not before. What staff write waits for nobody: that
/// a parent has not read it is never held against them.
/// </remarks>
public sealed record PlanComment
{
    /// <summary>On one plan.</summary>
    public const int MostOnAPlan = 500;

    /// <param name="byParent">Whether a parent or carer wrote it.</param>
    /// <param name="acknowledged">Who of the staff said that it was read; null: nobody yet.</param>
    /// <exception cref="ArgumentException">It is on a contact, or its author or somebody too early says that it was read.</exception>
    public PlanComment(PupilId pupil, Comment said, bool byParent, Act? acknowledged)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (said.Contact is not null) throw new ArgumentException("A comment on a contact stands at the contact.", nameof(said));
        if (acknowledged is not null && (acknowledged.Who == said.Written.Who || acknowledged.At < said.Written.At))
            throw new ArgumentException("A comment is read by somebody else, after it was written.", nameof(acknowledged));
        (Pupil, Said, ByParent, Acknowledged) = (pupil, said, byParent, acknowledged);
    }

    public PupilId Pupil { get; }

    public Comment Said { get; }

    public bool ByParent { get; }

    public Act? Acknowledged { get; private init; }

    /// <summary>Staff have not said yet that they have read it.</summary>
    public bool IsWaiting => ByParent && Acknowledged is null;

    /// <param name="there">How many there are on the plan.</param>
    public static Outcome<PlanComment> Write(CommentId id, PlanId plan, PupilId pupil, string words, bool byParent, int there, Act act)
    {
        if (there >= MostOnAPlan)
            return new Refusal("plan-comment.too-many", "There are as many comments on this plan as it holds.", "Talk about it, and enter that as a contact.");
        return Comment.Write(id, plan, null, words, act).TryGet(out var said, out var refusals)
            ? new PlanComment(pupil, said, byParent, null)
            : Outcome.Refused<PlanComment>(refusals);
    }

    /// <summary>Staff say that it was read. Saying so again changes nothing: the first time counts.</summary>
    public Outcome<PlanComment> Acknowledge(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (act.Who == Said.Written.Who) return new Refusal("plan-comment.own", "You wrote this yourself.", "Somebody else says that it was read.");
        return Acknowledged is null ? this with { Acknowledged = act } : this;
    }

    public override string ToString() => nameof(PlanComment);
}
