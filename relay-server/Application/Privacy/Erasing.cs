using AV1Relay.Application.Asking;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Privacy;

/// <summary>Erasure within one piece of work; who asked for it, and whether they may, has been seen to.</summary>
internal static class Erasing
{
    /// <summary>What an erasure claims: the pupil, and that nobody places a hold meanwhile.</summary>
    public static Claim[] Claims(PupilId pupil) => [Claim.On(pupil), Claim.OnAuthority];

    public static async Task<PupilErasure> EraseAsync(this IWork work, PupilId pupil, Act act, CancellationToken cancellationToken)
    {
        var settings = (await work.SettingsAsync(cancellationToken)).Retention;
        var holds = await work.HoldsAsync(cancellationToken);
        var records = await work.PupilData.OfPupilAsync(pupil, cancellationToken);
        var erasure = Of(records);
        // As long as a plan is kept, or who the pupil is, so is who may read it, and who the parents are.
        if (erasure.Kept.All(kept => kept.Record.Class is not RetentionClass.PlanRecord))
            erasure = Of([.. records, .. await work.PupilData.OfFamilyAsync(pupil, cancellationToken)]);
        await work.DeleteAsync(erasure.Erased, settings, DeletionCause.Erasure, act.At, cancellationToken);
        // Why something was once held tells of the pupil too; that it was stands in the audit.
        await work.LegalHolds.DeleteAsync([.. holds.Where(hold => hold.Pupil == pupil && hold.Lifted is not null).Select(hold => hold.Id)], cancellationToken);
        return erasure;

        PupilErasure Of(IReadOnlyList<RecordFacts> all) => PupilErasure.Of(pupil, all, settings, holds, act.At.InUtc().Date, act);
    }

    /// <summary>Deletes, and leaves evidence of it.</summary>
    public static async Task DeleteAsync(
        this IWork work, IReadOnlyCollection<RecordFacts> records, RetentionSettings settings, DeletionCause cause, Instant at, CancellationToken cancellationToken)
    {
        await work.PupilData.DeleteAsync(records, cancellationToken);
        foreach (var evidence in DeletionEvidence.Of(records, settings, cause, at)) work.DeletionEvidence.Append(evidence);
    }

    public static async Task<IReadOnlyList<LegalHold>> HoldsAsync(this IWork work, CancellationToken cancellationToken) =>
        [.. (await work.LegalHolds.AllAsync(cancellationToken)).Select(kept => kept.Value)];

    /// <summary>For the audit: how many of each kind there were, and how many are left.</summary>
    public static IReadOnlyList<AuditedValue> Counts(this PupilErasure erasure) =>
    [
        .. erasure.Erased.Concat(erasure.Kept.Select(kept => kept.Record)).GroupBy(record => record.Kind).Select(kind => AuditedValue.Written(
            kind.Key, FormattableString.Invariant($"{kind.Count()}"), FormattableString.Invariant($"{erasure.Kept.Count(kept => kept.Record.Kind == kind.Key)}"))),
    ];
}
