using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>What parents and staff say to each other about a plan; staff say that they have read what a parent wrote.</summary>
public sealed class StaffPlanComments
{
    private readonly PlanDesk _desk;

    internal StaffPlanComments(Desk desk) => _desk = new PlanDesk(desk);

    /// <summary>The latest first.</summary>
    public async Task<Outcome<ReadPlanComments>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ReadPlanComments>(
            caller, Operation.ReadPlan, id,
            async (work, plan, now) =>
            {
                var comments = (await work.PlanComments.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)
                    .Where(comment => comment.Said.Plan == plan.Id).OrderByDescending(comment => comment.Said.Written.At).ToList();
                var people = comments.SelectMany(comment => new[] { (PersonId?)comment.Said.Written.Who, comment.Acknowledged?.Who }).OfType<PersonId>();
                return new ReadPlanComments(
                    plan.School, plan.Id, plan.Pupil, await work.ZoneAsync(plan.School, cancellationToken), [.. comments],
                    await PeopleNamed.FindAsync(work, people, cancellationToken),
                    await work.MayAsync(caller, plan, now, cancellationToken, Operation.CommentOnPlan, Operation.AcknowledgeComment));
            },
            cancellationToken, Operation.CommentOnPlan);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadPlanComments>(refusals);
    }

    /// <summary>Says something to the plan. What a parent says waits until staff have read it.</summary>
    public Task<Outcome<PlanComment>> WriteAsync(Caller caller, PlanId id, CommentId comment, string words, CancellationToken cancellationToken) => _desk.ChangeAsync<PlanComment>(
        caller, Operation.CommentOnPlan, id, "",
        async (work, plan, act) =>
        {
            if (TextLimits.WhyNot(words) is { } tooLong) return tooLong;
            if (await work.PlanComments.FindAsync(comment, cancellationToken) is { Value: var there })
                return there.Said.Plan == plan.Id ? new Done<PlanComment>(there) { ChangedSomething = false } : Unknown; // sent twice
            var isStaff = (await work.MayAsync(caller, plan, act.At, cancellationToken, Operation.AcknowledgeComment)).Count > 0;
            var count = (await work.PlanComments.OfPupilAsync(plan.Pupil, cancellationToken)).Count(kept => kept.Value.Said.Plan == plan.Id);
            if (!PlanComment.Write(comment, plan.Id, plan.Pupil, words, byParent: !isStaff, count, act).TryGet(out var written, out var refusals))
                return Outcome.Refused<Done<PlanComment>>(refusals);
            work.PlanComments.Add(written);
            return new Done<PlanComment>(written, AuditedValue.Written("comment", null, comment.ToString()));
        },
        cancellationToken);

    /// <summary>Says that it was read; the first to say so counts.</summary>
    public Task<Outcome<PlanComment>> AcknowledgeAsync(Caller caller, PlanId id, CommentId comment, CancellationToken cancellationToken) => _desk.ChangeAsync<PlanComment>(
        caller, Operation.AcknowledgeComment, id, "",
        async (work, plan, act) =>
        {
            if (await work.PlanComments.FindAsync(comment, cancellationToken) is not { } kept || kept.Value.Said.Plan != plan.Id) return Unknown;
            if (!kept.Value.Acknowledge(act).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<PlanComment>>(refusals);
            if (next == kept.Value) return new Done<PlanComment>(next) { ChangedSomething = false };
            work.PlanComments.Replace(kept, next);
            return new Done<PlanComment>(next, AuditedValue.Written("comment", comment.ToString(), comment.ToString()));
        },
        cancellationToken);

    private static Refusal Unknown { get; } = new("plan-comment.unknown", "There is no such comment on this plan.", "Look at the comments again.");
}

/// <param name="Comments">The latest first.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadPlanComments(
    SchoolId School, PlanId Plan, PupilId Pupil, DateTimeZone Zone, ImmutableArray<PlanComment> Comments, PeopleNamed Names, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadPlanComments);
}
