using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Privacy;

/// <summary>One pupil's data, given out and erased by whoever runs the server.</summary>
/// <remarks>They have the database in their hands, so no right is asked for; each use stands in the audit under the name of their account.</remarks>
/// <param name="actor">As the audit names them: <c>command line (…)</c>.</param>
public sealed class OperatorPrivacy(IRecords records, TimeProvider time, string actor)
{
    /// <summary>The operator has no id among the people.</summary>
    internal static readonly PersonId Nobody = new(Guid.Empty);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="open">Makes where the document goes; not called when there is nothing on that pupil.</param>
    /// <returns>How many records it has.</returns>
    public async Task<int> ExportAsync(PupilId pupil, Func<Stream> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        var now = Now;
        await using var work = await records.BeginAsync(Nobody, now, [], cancellationToken);
        var export = PupilExport.Of(pupil, await work.PupilData.OfPupilAsync(pupil, cancellationToken), new Act(Nobody, now));
        if (export.Records.Count == 0) return 0;
        work.Record(new AuditEntry(now, actor, AuditedOperations.Find(Domain.Access.Operation.ExportPupil)!.Value, $"pupil {pupil}", "")); // an export is recorded
        if (await work.CommitAsync(cancellationToken) is { } refusal) throw new InvalidOperationException(refusal.ToString());
        await using var to = open();
        await ExportDocument.WriteAsync(work.PupilData, export, to, cancellationToken);
        return export.Records.Count;
    }

    /// <param name="why">In words; they stand in the audit for good, so they name nobody.</param>
    /// <returns>What is gone, and what is kept and why.</returns>
    public async Task<Outcome<PupilErasure>> EraseAsync(PupilId pupil, string why, CancellationToken cancellationToken)
    {
        var act = new Act(Nobody, Now, why);
        await using var work = await records.BeginAsync(Nobody, act.At, Erasing.Claims(pupil), cancellationToken);
        var erasure = await work.EraseAsync(pupil, act, cancellationToken);
        if (erasure.Erased.Count + erasure.Kept.Count == 0)
            return new Refusal("pupil.unknown", "Nothing is kept on that pupil.", "Look at the id; it may have been erased already.");
        var change = new AuditChange(AuditedOperations.Find(Domain.Access.Operation.ErasePupil)!, $"pupil {pupil}", act, erasure.Counts()); // an erasure is recorded
        work.Record(change.ToEntry() with { Who = actor });
        return await work.CommitAsync(cancellationToken) is { } refusal ? refusal : erasure;
    }
}
