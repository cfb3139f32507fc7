using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Privacy;

/// <summary>One pupil's data, given out and erased, and legal holds, as staff ask for them.</summary>
public sealed class StaffPrivacy
{
    private static readonly Refusal WhyMissing = new(
        "privacy.why-missing", "An erasure says why.", "Write in a few words who asked for it. It stands in the record for good, so name nobody.");

    private readonly Desk _desk;
    private readonly IRecords _records;

    private readonly IDeletedTraces _traces;

    internal StaffPrivacy(Desk desk, IRecords records, IDeletedTraces traces) => (_desk, _records, _traces) = (desk, records, traces);

    /// <summary>How much is kept on a pupil, what keeps it, and what this person may do about it. Nothing of what is in it.</summary>
    public async Task<Outcome<PupilKept>> ReadAsync(Caller caller, PupilId pupil, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadRetention,
            async work =>
            {
                if (await FindAsync(work, pupil, cancellationToken) is not { } found) return null;
                var names = work.PupilData.Kinds.ToDictionary(kind => kind.Slug, kind => kind.Name);
                var settings = (await work.SettingsAsync(cancellationToken)).Retention;
                var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                var may = new[] { Operation.ExportPupil, Operation.ErasePupil, Operation.PlaceLegalHold, Operation.LiftLegalHold }
                    .Where(operation => !AccessPolicy.Check(assignments, operation, found.About, _desk.Now).IsRefused).ToFrozenSet();
                var holds = (await work.HoldsAsync(cancellationToken)).Where(hold => hold.Pupil is null || hold.Pupil == pupil);
                // That a concern was raised is for the school's own system to know (domain rule 10).
                var kept = (await work.PupilData.OfPupilAsync(pupil, cancellationToken)).Where(record => record.Class is not RetentionClass.ConcernRaised)
                    .GroupBy(record => record.Kind)
                    .Select(kind => new KindKept(names[kind.Key], kind.First().Class, kind.Count(), settings.RuleFor(kind.First().Class)));
                return new Asked<PupilKept>(
                    new PupilKept(found.Value.School, await work.ZoneAsync(found.Value.School, cancellationToken), [.. kept], [.. holds], may), found.About, found.Subject);
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<PupilKept>(refusals);
    }

    /// <summary>
    /// What the school may take of a pupil, in one action: held or not, due or not; ratings as the pupil shares them, and without the
    /// concerns that were raised. The whole, for the family, is given out by whoever runs the relay (<see cref="OperatorPrivacy"/>): no role
    /// here reads all of it.
    /// </summary>
    /// <param name="open">Makes where the JSON document goes; not called when it is refused. It stays open.</param>
    /// <returns>What is in it.</returns>
    public async Task<Outcome<PupilExport>> ExportAsync(Caller caller, PupilId pupil, Func<Stream> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(open);
        var asked = await _desk.LookAsync(caller, Operation.ExportPupil, work => FindAsync(work, pupil, cancellationToken), cancellationToken);
        if (!asked.TryGet(out _, out var refusals)) return Outcome.Refused<PupilExport>(refusals);

        // Without claims: whoever takes a slow connection keeps nobody from working with the pupil.
        var now = _desk.Now;
        await using var work = await _records.BeginAsync(caller.Who, now, [], cancellationToken);
        var export = PupilExport.Of(pupil, await work.PupilData.OfPupilAsync(pupil, cancellationToken), new Act(caller.Who, now));
        return export with { Records = await ExportDocument.WriteAsync(work.PupilData, export, ExportFor.School, open(), cancellationToken) };
    }

    /// <summary>Erases everything on a pupil, in one action, but for what a hold or the school's duty keeps.</summary>
    /// <param name="why">In words; they stand in the audit for good, so they name nobody.</param>
    /// <returns>What is gone, and what is kept and why.</returns>
    public async Task<Outcome<PupilErasure>> EraseAsync(Caller caller, PupilId pupil, string why, CancellationToken cancellationToken)
    {
        var outcome = await _desk.ChangeAsync(
            caller, Operation.ErasePupil, why, Erasing.Claims(pupil),
            work => FindAsync(work, pupil, cancellationToken),
            async Task<Outcome<Done<PupilErasure>>> (IWork work, PupilsSchool _, Act act) =>
            {
                if (string.IsNullOrWhiteSpace(why)) return WhyMissing;
                if (TextLimits.WhyNot(why) is { } tooLong) return tooLong;
                var erasure = await work.EraseAsync(pupil, act, cancellationToken);
                return new Done<PupilErasure>(erasure, erasure.Counts());
            },
            cancellationToken);
        // Where lessons keep the database busy, the night's run empties the log again.
        if (!outcome.IsRefused) await _traces.ClearAllAsync(cancellationToken);
        return outcome;
    }

    /// <param name="pupil">Whose records are kept; null for everybody's, which only somebody of the whole authority asks for.</param>
    /// <param name="class">Which class; null for all.</param>
    public Task<Outcome<LegalHold>> PlaceHoldAsync(
        Caller caller, LegalHoldId id, PupilId? pupil, RetentionClass? @class, string why, CancellationToken cancellationToken) => _desk.ChangeAsync(
        caller, Operation.PlaceLegalHold, why, [Claim.OnAuthority],
        async work => pupil is { } whose
            ? await FindAsync(work, whose, cancellationToken)
            : new Asked<PupilsSchool>(new PupilsSchool(default), AccessSubject.AtNoSchool, $"hold {id}"),
        (work, _, act) =>
        {
            if (TextLimits.WhyNot(why) is { } tooLong) return Task.FromResult<Outcome<Done<LegalHold>>>(tooLong);
            if (!LegalHold.Place(id, pupil, @class, act).TryGet(out var hold, out var refusals)) return Task.FromResult(Outcome.Refused<Done<LegalHold>>(refusals));
            work.LegalHolds.Add(hold);
            return Task.FromResult<Outcome<Done<LegalHold>>>(new Done<LegalHold>(hold, AuditedValue.Written("hold", null, $"{id}")));
        },
        cancellationToken);

    public Task<Outcome<LegalHold>> LiftHoldAsync(Caller caller, LegalHoldId id, string why, CancellationToken cancellationToken) => _desk.ChangeAsync(
        caller, Operation.LiftLegalHold, why, [Claim.OnAuthority],
        async work =>
        {
            if (await work.LegalHolds.FindAsync(id, cancellationToken) is not { } kept) return null;
            var school = kept.Value.Pupil is { } pupil ? await work.PupilData.SchoolOfAsync(pupil, cancellationToken) : null;
            return new Asked<Kept<LegalHold>>(kept, school is { } its ? AccessSubject.OfSchool(its) : AccessSubject.AtNoSchool, SubjectOf(kept.Value));
        },
        (work, kept, act) =>
        {
            if (TextLimits.WhyNot(why) is { } tooLong) return Task.FromResult<Outcome<Done<LegalHold>>>(tooLong);
            if (!kept.Value.Lift(act).TryGet(out var lifted, out var refusals)) return Task.FromResult(Outcome.Refused<Done<LegalHold>>(refusals));
            work.LegalHolds.Replace(kept, lifted);
            return Task.FromResult<Outcome<Done<LegalHold>>>(new Done<LegalHold>(lifted, AuditedValue.Written("hold", $"{id}", null)));
        },
        cancellationToken);

    /// <summary>As the audit names it: one on a pupil's records is found with whatever else was done to these.</summary>
    internal static string SubjectOf(LegalHold hold) => hold.Pupil is { } pupil ? $"pupil {pupil}" : $"hold {hold.Id}";

    private static async Task<Asked<PupilsSchool>?> FindAsync(IWork work, PupilId pupil, CancellationToken cancellationToken) =>
        await work.PupilData.SchoolOfAsync(pupil, cancellationToken) is { } school
            ? new Asked<PupilsSchool>(new PupilsSchool(school), AccessSubject.OfSchool(school), $"pupil {pupil}")
            : null;

    private sealed record PupilsSchool(SchoolId School);
}

/// <param name="School">That the pupil is or was last at.</param>
/// <param name="Kinds">In the order of deletion.</param>
/// <param name="Holds">On this pupil's records and on everybody's; lifted ones too, the latest placed first.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record PupilKept(SchoolId School, DateTimeZone Zone, ImmutableArray<KindKept> Kinds, ImmutableArray<LegalHold> Holds, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(PupilKept);
}

/// <summary>How much there is of one kind.</summary>
public sealed record KindKept(string Name, RetentionClass Class, int Count, RetentionRule Rule);
