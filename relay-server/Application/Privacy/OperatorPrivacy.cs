using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Privacy;

/// <summary>One pupil's data, given out and erased, legal holds and times of keeping, by whoever runs the server.</summary>
/// <remarks>They have the database in their hands, so no right is asked for; each use stands in the audit under the name of their account.</remarks>
/// <param name="actor">As the audit names them: <c>command line (…)</c>.</param>
public sealed class OperatorPrivacy(IRecords records, TimeProvider time, string actor)
{
    /// <summary>The operator has no id among the people.</summary>
    internal static readonly PersonId Nobody = new(Guid.Empty);

    private static readonly Refusal NothingKept = new(
        "pupil.unknown", "Nothing is kept on that pupil.", "Look at the id; it may have been erased already.");

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Everything, for the family: their right of access (UK GDPR Art. 15). It goes to them, not to staff.</summary>
    /// <param name="open">Makes where the document goes; not called when there is nothing on that pupil.</param>
    /// <returns>How many records it has.</returns>
    public async Task<int> ExportAsync(PupilId pupil, Func<Stream> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        var now = Now;
        await using var work = await records.BeginAsync(Nobody, now, [], cancellationToken);
        var export = PupilExport.Of(pupil, await work.PupilData.OfPupilAsync(pupil, cancellationToken), new Act(Nobody, now));
        if (export.Records.Count == 0) return 0;
        work.Record(new AuditEntry(now, actor, Slug(Operation.ExportPupil).Value, $"pupil {pupil}", "the whole"));
        if (await work.CommitAsync(cancellationToken) is { } refusal) throw new InvalidOperationException(refusal.ToString());
        await using var to = open();
        return (await ExportDocument.WriteAsync(work.PupilData, export, ExportFor.Family, to, cancellationToken)).Count;
    }

    /// <param name="why">In words; they stand in the audit for good, so they name nobody.</param>
    /// <returns>What is gone, and what is kept and why.</returns>
    public async Task<Outcome<PupilErasure>> EraseAsync(PupilId pupil, string why, CancellationToken cancellationToken)
    {
        var act = new Act(Nobody, Now, why);
        await using var work = await records.BeginAsync(Nobody, act.At, Erasing.Claims(pupil), cancellationToken);
        var erasure = await work.EraseAsync(pupil, act, cancellationToken);
        if (erasure.Erased.Count + erasure.Kept.Count == 0)
            return NothingKept;
        Record(work, new AuditChange(Slug(Operation.ErasePupil), $"pupil {pupil}", act, erasure.Counts()));
        return await work.CommitAsync(cancellationToken) is { } refusal ? refusal : erasure;
    }

    /// <summary>All, lifted ones too, the latest placed first.</summary>
    public async Task<IReadOnlyList<LegalHold>> HoldsAsync(CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(Nobody, Now, [], cancellationToken);
        return await work.HoldsAsync(cancellationToken);
    }

    /// <param name="pupil">Whose records are kept; null for everybody's.</param>
    /// <param name="class">Which class; null for all.</param>
    /// <param name="why">In words; they are kept with the hold, not in the audit.</param>
    public async Task<Outcome<LegalHold>> PlaceHoldAsync(
        PupilId? pupil, RetentionClass? @class, string why, CancellationToken cancellationToken)
    {
        var act = new Act(Nobody, Now, why);
        await using var work = await records.BeginAsync(Nobody, act.At, [Claim.OnAuthority], cancellationToken);
        if (pupil is { } whose && (await work.PupilData.OfPupilAsync(whose, cancellationToken)).Count == 0) return NothingKept;
        if (!LegalHold.Place(new LegalHoldId(Guid.NewGuid()), pupil, @class, act).TryGet(out var hold, out var refusals))
            return Outcome.Refused<LegalHold>(refusals);
        work.LegalHolds.Add(hold);
        Record(work, Operation.PlaceLegalHold, hold, act);
        return await work.CommitAsync(cancellationToken) is { } refusal ? refusal : hold;
    }

    public async Task<Outcome<LegalHold>> LiftHoldAsync(LegalHoldId id, string why, CancellationToken cancellationToken)
    {
        var act = new Act(Nobody, Now, why);
        await using var work = await records.BeginAsync(Nobody, act.At, [Claim.OnAuthority], cancellationToken);
        if (await work.LegalHolds.FindAsync(id, cancellationToken) is not { } kept)
            return new Refusal("hold.unknown", "There is no such hold.", "Look at the id among those that are listed.");
        if (!kept.Value.Lift(act).TryGet(out var lifted, out var refusals)) return Outcome.Refused<LegalHold>(refusals);
        work.LegalHolds.Replace(kept, lifted);
        Record(work, Operation.LiftLegalHold, lifted, act);
        return await work.CommitAsync(cancellationToken) is { } refusal ? refusal : lifted;
    }

    public async Task<RetentionSettings> RetentionAsync(CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(Nobody, Now, [], cancellationToken);
        return (await work.SettingsAsync(cancellationToken)).Retention;
    }

    /// <summary>Sets how long one class is kept, from the next run on.</summary>
    /// <param name="rule">Its source says why; it stands in the audit and in evidence for good, so it names nobody.</param>
    public async Task<Outcome<RetentionSettings>> SetRetentionAsync(RetentionRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var act = new Act(Nobody, Now, rule.Source);
        await using var work = await records.BeginAsync(Nobody, act.At, [Claim.OnAuthority], cancellationToken);
        var kept = await work.Settings.FindAsync(cancellationToken);
        var settings = kept?.Value ?? AuthoritySettings.Default;
        if (!settings.Retention.Change(rule).TryGet(out var retention, out var refusals))
            return Outcome.Refused<RetentionSettings>(refusals);
        var next = settings with { Retention = retention };
        if (kept is null) work.Settings.Add(next);
        else work.Settings.Replace(kept, next);
        var values = AuditedValue.Written($"{rule.Class}", $"{settings.Retention.RuleFor(rule.Class)}", $"{rule}");
        Record(work, new AuditChange(Slug(Operation.ChangeRetention), "retention", act, values));
        return await work.CommitAsync(cancellationToken) is { } refusal ? refusal : retention;
    }

    private void Record(IWork work, Operation operation, LegalHold hold, Act act) => Record(work, new AuditChange(
        Slug(operation), StaffPrivacy.SubjectOf(hold), act,
        AuditedValue.Written("hold", null, hold.Id.ToString()),
        AuditedValue.Written("class", null, hold.Class?.ToString() ?? "all")));

    private void Record(IWork work, AuditChange change) => work.Record(change.ToEntry() with { Who = actor });

    private static AuditSlug Slug(Operation operation) => AuditedOperations.Find(operation)!; // each of these is recorded
}
