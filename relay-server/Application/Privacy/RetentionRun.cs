using AV1Relay.Application.Asking;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Privacy;

/// <summary>Deletes what has been kept for its time.</summary>
/// <remarks>
/// In batches, each in one transaction with its evidence and its audit entry: a run that is killed leaves whole batches, and the next one goes on
/// with what is left. A batch claims its pupils and the authority, so that nobody changes a record or places a hold while it is decided on.
/// </remarks>
/// <param name="actor">As the audit names who runs it: <c>relay</c>, <c>command line (…)</c>.</param>
public sealed class RetentionRun(IRecords records, TimeProvider time, string actor)
{
    public const int BatchSize = 500;

    private readonly Dictionary<RetentionClass, (int Deleted, int Held)> _counts = Enum.GetValues<RetentionClass>().ToDictionary(@class => @class, _ => (0, 0));

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>To be called once.</summary>
    /// <returns>For each class, what is gone and what only a hold still keeps.</returns>
    /// <exception cref="AggregateException">Of some kinds of records not all could be looked at; of the others what was due is gone.</exception>
    public async Task<IReadOnlyList<RetentionCount>> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        await TryAsync(DeleteTelemetryAsync);
        foreach (var kind in await KindsAsync(cancellationToken)) await TryAsync(cancellation => DeleteAsync(kind, cancellation));
        if (failures.Count > 0) throw new AggregateException("Some kinds of records could not be looked at.", failures);
        return [.. _counts.Select(count => new RetentionCount(count.Key, count.Value.Deleted, count.Value.Held))];

        async Task TryAsync(Func<CancellationToken, Task> delete)
        {
            try
            {
                await delete(cancellationToken);
            }
#pragma warning disable CA1031 // one record that can't be read keeps no other kind for longer than its time
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failures.Add(failure);
            }
        }
    }

    private async Task DeleteAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        Guid? after = null;
        do after = await DeleteAsync(kind, after, cancellationToken);
        while (after is not null);
    }

    private async Task DeleteTelemetryAsync(CancellationToken cancellationToken)
    {
        while (await DeleteTelemetryBatchAsync(cancellationToken))
        {
            // One batch after another.
        }
    }

    private async Task<IReadOnlyList<RecordKind>> KindsAsync(CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(OperatorPrivacy.Nobody, Now, [], cancellationToken);
        return work.PupilData.Kinds;
    }

    /// <returns>The last record that was looked at; null when there are no more.</returns>
    private async Task<Guid?> DeleteAsync(RecordKind kind, Guid? after, CancellationToken cancellationToken)
    {
        var (seen, due) = await LookAsync(kind, after, cancellationToken);
        if (due.Count > 0) await DeleteAsync(kind, due, cancellationToken);
        return seen.Count < BatchSize ? null : seen[^1].Id;
    }

    private async Task<(IReadOnlyList<RecordFacts> Seen, IReadOnlyList<RecordFacts> Due)> LookAsync(
        RecordKind kind, Guid? after, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var work = await records.BeginAsync(OperatorPrivacy.Nobody, now, [], cancellationToken);
        var settings = (await work.SettingsAsync(cancellationToken)).Retention;
        var (rule, today) = (settings.RuleFor(kind.Class), now.InUtc().Date);
        var seen = await work.PupilData.MaybeDueAsync(
            kind, rule.Start, Retention.LastThatMayBeDue(rule, today), after, BatchSize, cancellationToken);
        var verdicts = Verdicts(seen, settings, await work.HoldsAsync(cancellationToken), today);
        Count(kind.Class, deleted: 0, held: verdicts[RetentionDecision.Held].Count());
        return (seen, [.. verdicts[RetentionDecision.Delete]]);
    }

    /// <summary>Decides again, now that nobody else changes anything about them.</summary>
    private async Task DeleteAsync(RecordKind kind, IReadOnlyList<RecordFacts> due, CancellationToken cancellationToken)
    {
        var now = Now;
        var pupils = due.Select(record => record.Pupil).OfType<PupilId>().Distinct().Select(Claim.On);
        await using var work = await records.BeginAsync(OperatorPrivacy.Nobody, now, [.. pupils, Claim.OnAuthority], cancellationToken);
        var settings = (await work.SettingsAsync(cancellationToken)).Retention;
        var there = await work.PupilData.FindAsync(kind, [.. due.Select(record => record.Id)], cancellationToken);
        IReadOnlyList<RecordFacts> deleted =
            [.. Verdicts(there, settings, await work.HoldsAsync(cancellationToken), now.InUtc().Date)[RetentionDecision.Delete]];
        if (deleted.Count == 0) return;
        await work.DeleteAsync(deleted, settings, DeletionCause.Retention, now, cancellationToken);
        await CommitAsync(work, kind.Slug, deleted, now, cancellationToken);
        Count(kind.Class, deleted.Count, held: 0);
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DeleteTelemetryBatchAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var work = await records.BeginAsync(OperatorPrivacy.Nobody, now, [Claim.OnAuthority], cancellationToken);
        var settings = (await work.SettingsAsync(cancellationToken)).Retention;
        var rule = settings.RuleFor(RetentionClass.Telemetry);
        // Nothing here is about anybody, so a hold is on all of it or on none.
        var any = new RecordFacts(Guid.Empty, "telemetry", RetentionClass.Telemetry, now.InUtc().Date);
        if ((await work.HoldsAsync(cancellationToken)).Any(hold => hold.Covers(any))) return false;
        var deleted = await work.Telemetry.DeleteAsync(now.InUtc().Date - rule.KeptFor, BatchSize, cancellationToken);
        if (deleted.Count == 0) return false;
        foreach (var evidence in DeletionEvidence.Of(deleted, settings, DeletionCause.Retention, now)) work.DeletionEvidence.Append(evidence);
        await CommitAsync(work, "telemetry", deleted, now, cancellationToken);
        Count(RetentionClass.Telemetry, deleted.Count, held: 0);
        return true;
    }

    private async Task CommitAsync(IWork work, string kind, IReadOnlyList<RecordFacts> deleted, Instant now, CancellationToken cancellationToken)
    {
        var (oldest, newest) = (deleted.Min(record => record.RecordedOn), deleted.Max(record => record.RecordedOn));
        var detail = FormattableString.Invariant($"{deleted.Count} records from {oldest:uuuu-MM-dd} to {newest:uuuu-MM-dd}");
        work.Record(new AuditEntry(now, actor, AuditSlugs.RetentionDeleted.Value, kind, detail));
        if (await work.CommitAsync(cancellationToken) is { } refusal) throw new InvalidOperationException(refusal.ToString());
    }

    private static ILookup<RetentionDecision, RecordFacts> Verdicts(
        IEnumerable<RecordFacts> found, RetentionSettings settings, IReadOnlyList<LegalHold> holds, LocalDate today) =>
        found.ToLookup(record => Retention.Due(record, settings, holds, today).Decision);

    private void Count(RetentionClass @class, int deleted, int held) =>
        _counts[@class] = (_counts[@class].Deleted + deleted, _counts[@class].Held + held);
}

/// <param name="Deleted">Records that are gone.</param>
/// <param name="Held">Records whose time is over, which a legal hold keeps.</param>
public sealed record RetentionCount(RetentionClass Class, int Deleted, int Held);
