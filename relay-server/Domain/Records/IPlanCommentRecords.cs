using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Comments on plans.</summary>
public interface IPlanCommentRecords : IPupilRecordSet<CommentId, PlanComment>
{
    /// <summary>On these plans, those that staff have not acknowledged: the longest waiting first.</summary>
    Task<IReadOnlyList<WaitingComment>> WaitingAsync(IReadOnlyCollection<PlanId> plans, CancellationToken cancellationToken);
}

/// <summary>That a comment waits, without its words.</summary>
/// <param name="WrittenOn">The day, as records count it.</param>
public sealed record WaitingComment(PlanId Plan, LocalDate WrittenOn)
{
    public override string ToString() => $"plan {Plan}";
}
