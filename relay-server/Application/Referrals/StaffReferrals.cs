using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Referrals;

/// <summary>Hand-offs with their evidence: assembled from what is kept, read and signed off by a person, given out as a document, answered (domain rule 6).</summary>
public sealed class StaffReferrals
{
    private readonly PlanDesk _desk;

    internal StaffReferrals(Desk desk) => _desk = new PlanDesk(desk);

    /// <summary>Those of this plan, the latest first.</summary>
    public async Task<Outcome<ReadReferrals>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ReadReferrals>(
            caller, Operation.ReadReferral, id,
            async (work, plan, now) =>
            {
                var referrals = (await work.Referrals.OfPupilAsync(plan.Pupil, cancellationToken)).Where(kept => kept.Value.Plan == plan.Id);
                List<ReadReferral> read = [];
                foreach (var kept in referrals.Reverse()) read.Add(await OfAsync(work, plan, kept, cancellationToken));
                return new ReadReferrals(
                    plan.School, plan.Id, plan.Pupil, await work.ZoneAsync(plan.School, cancellationToken), [.. read],
                    await work.MayAsync(caller, plan, now, cancellationToken, Offered));
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadReferrals>(refusals);
    }

    /// <summary>Drafts one and takes in the evidence as it stands.</summary>
    /// <param name="id">Made with the form, so that one that is sent twice is there once.</param>
    public Task<Outcome<Referral>> AssembleAsync(
        Caller caller, PlanId plan, ReferralId id, ReferralKind kind, WrittenReferral written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        return _desk.ChangeAsync<Referral>(
            caller, Operation.AssembleReferral, plan, "",
            async (work, of, act) =>
            {
                if (written.WhyNot() is { } tooLong) return tooLong;
                if (await work.Referrals.FindAsync(id, cancellationToken) is { Value: var there })
                    return there.Plan == of.Id ? new Done<Referral>(there) { ChangedSomething = false } : Unknown;
                var draft = Referral.Draft(id, of.Pupil, of.Id, kind, written.WhatIsAsked, act);
                if (!draft.Assemble(await SourcesAsync(work, of, written, act.At, cancellationToken), act).TryGet(out var assembled, out var refusals))
                    return Outcome.Refused<Done<Referral>>(refusals);
                work.Referrals.Add(assembled, of.School);
                return new Done<Referral>(assembled, Values(null, assembled));
            },
            cancellationToken);
    }

    /// <summary>Writes anew what is asked for, and takes in the evidence as it stands now. Whoever had read it reads it again.</summary>
    /// <param name="seen">The version that was on the person's page.</param>
    public Task<Outcome<Referral>> AssembleAgainAsync(
        Caller caller, PlanId plan, ReferralId id, long seen, WrittenReferral written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        return ChangeAsync(
            caller, Operation.AssembleReferral, plan, id, seen,
            async (work, of, referral, act) => written.WhyNot() is { } tooLong ? tooLong
                : referral.Rewrite(written.WhatIsAsked, act).TryGet(out var rewritten, out var refusals)
                    ? rewritten.Assemble(await SourcesAsync(work, of, written, act.At, cancellationToken), act)
                    : Outcome.Refused<Referral>(refusals),
            cancellationToken);
    }

    /// <summary>A person has read what stood on their page, and answers for it.</summary>
    /// <param name="contentSeen">The version of the content that stood there: <see cref="Referral.Version"/>.</param>
    public Task<Outcome<Referral>> SignOffAsync(Caller caller, PlanId plan, ReferralId id, long seen, int contentSeen, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.SignOffReferral, plan, id, seen,
            (_, _, referral, act) => Task.FromResult(
                referral.Read(contentSeen, act).TryGet(out var read, out var refusals) ? read.SignOff(act) : Outcome.Refused<Referral>(refusals)),
            cancellationToken);

    /// <summary>Takes the sign-off back, until it is sent.</summary>
    public Task<Outcome<Referral>> ReopenAsync(Caller caller, PlanId plan, ReferralId id, long seen, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.SignOffReferral, plan, id, seen, (_, _, referral, act) => Task.FromResult(referral.Reopen(act)), cancellationToken);

    /// <summary>Notes that it was sent, and to which service.</summary>
    public Task<Outcome<Referral>> SendAsync(Caller caller, PlanId plan, ReferralId id, long seen, string to, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ExportReferral, plan, id, seen,
            (_, _, referral, act) => Task.FromResult(TextLimits.WhyNotName(to) is { } tooLong ? tooLong : referral.Send(to, act)), cancellationToken);

    public Task<Outcome<Referral>> AnswerAsync(Caller caller, PlanId plan, ReferralId id, long seen, string words, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.RecordReferralsAnswer, plan, id, seen,
            (_, _, referral, act) => Task.FromResult(TextLimits.WhyNot(words) is { } tooLong ? tooLong : referral.Answer(words, act)), cancellationToken);

    /// <summary>The document, to be given out.</summary>
    public async Task<Outcome<ReferralDocument>> ExportAsync(Caller caller, PlanId plan, ReferralId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ExportedReferral>(
            caller, Operation.ExportReferral, plan,
            async (work, of, _) => new ExportedReferral(
                await work.Referrals.FindAsync(id, cancellationToken) is { } kept && kept.Value.Plan == of.Id
                    ? (await OfAsync(work, of, kept, cancellationToken)).Document
                    : null),
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<ReferralDocument>(refusals);
        return shown.Value.Document is { } document ? document : Unknown;
    }

    private static readonly Operation[] Offered =
        [Operation.AssembleReferral, Operation.SignOffReferral, Operation.ExportReferral, Operation.RecordReferralsAnswer];

    private static Refusal Unknown { get; } = new("referral.unknown", "There is no such referral in this plan.", "Look at the plan's referrals again.");

    private Task<Outcome<Referral>> ChangeAsync(
        Caller caller, Operation operation, PlanId plan, ReferralId id, long seen,
        Func<IWork, SupportPlan, Referral, Act, Task<Outcome<Referral>>> ask, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<Referral>(
            caller, operation, plan, "",
            async (work, of, act) =>
            {
                if (await work.Referrals.FindAsync(id, cancellationToken) is not { } kept || kept.Value.Plan != of.Id) return Unknown;
                if (kept.WhyNot(seen) is { } changed) return changed;
                if (!(await ask(work, of, kept.Value, act)).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<Referral>>(refusals);
                work.Referrals.Replace(kept, next);
                return new Done<Referral>(next, Values(kept, next));
            },
            cancellationToken);

    /// <summary>Open parts alone: what is confidential leaves the school by no click.</summary>
    private static async Task<ReferralSources> SourcesAsync(
        IWork work, SupportPlan plan, WrittenReferral written, Instant now, CancellationToken cancellationToken)
    {
        var zone = await work.ZoneAsync(plan.School, cancellationToken);
        var contacts = await work.Contacts.FindAsync(plan.Pupil, cancellationToken);
        var lines = (await work.Engagement.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value).Where(line => line.Plan == plan.Id);
        var arrangements = (await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)
            .Where(arrangement => arrangement.Terms.Plan == plan.Id).Select(arrangement => arrangement.View());
        var missed = await work.YearAsync(plan, now, cancellationToken) is { } year ? await work.CountAsync(plan, year, cancellationToken) : null;
        return new ReferralSources(
            plan.View(), (contacts?.Value ?? new(plan.Pupil, now.InZone(zone).Date, [])).View(), new EngagementLedger(plan.Pupil, [.. lines]), [.. arrangements],
            missed is { Cumulative: > 0 } ? missed : null, [.. written.Added(now.InZone(zone).Date)], zone);
    }

    private static async Task<ReadReferral> OfAsync(IWork work, SupportPlan plan, Kept<Referral> kept, CancellationToken cancellationToken)
    {
        var referral = kept.Value;
        var school = await work.Schools.FindAsync(plan.School, cancellationToken);
        var pupil = await work.PupilCards.FindAsync(plan.Pupil, cancellationToken);
        var signer = referral.SignedOff is { } signed ? await PeopleNamed.FindAsync(work, [signed.Who], cancellationToken) : null;
        var names = new ReferralNames(
            pupil?.Value.PreferredName.Text ?? "A pupil", school?.Value.Name ?? "", signer is null ? "" : $"{signer[referral.SignedOff!.Who]}, SENDCo");
        return new ReadReferral(referral, kept.Version, ReferralDocument.Of(referral, names, await work.ZoneAsync(plan.School, cancellationToken)));
    }

    private static AuditedValue[] Values(Kept<Referral>? before, Referral after) =>
    [
        AuditedValue.Written("referral", before is null ? null : after.Id.ToString(), after.Id.ToString()),
        AuditedValue.Written("state", before?.Value.Status.ToString(), after.Status.ToString()),
        AuditedValue.KeptWithRecord("contents", (int?)before?.Version, (int?)before?.Version + 1 ?? 1),
    ];

    private sealed record ExportedReferral(ReferralDocument? Document);
}
