using System.Collections.Frozen;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.Arrangements;

/// <summary>Reduced timetables: staff write them, a parent and the authorised person agree, and reviews let them run on or end them (domain rule 5).</summary>
public sealed class StaffArrangements
{
    private readonly PlanDesk _desk;

    internal StaffArrangements(Desk desk) => _desk = new PlanDesk(desk);

    /// <summary>Those that are a part of this plan, the latest first.</summary>
    public async Task<Outcome<ReadArrangements>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<Found>(
            caller, Operation.ReadArrangement, id,
            async (work, plan, now) =>
            {
                var all = (await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken)).Where(kept => kept.Value.Terms.Plan == plan.Id).ToList();
                var parents = await work.PlansParentsAsync(plan, now, cancellationToken);
                return new Found(
                    plan, all, await work.ArrangementFactsAsync(plan, now, cancellationToken), parents,
                    await work.ZoneAsync(plan.School, cancellationToken),
                    await PeopleNamed.FindAsync(work, all.SelectMany(kept => PeopleIn(kept.Value)).Concat(parents.Who), cancellationToken),
                    await work.MayAsync(caller, plan, now, cancellationToken, Offered));
            },
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<ReadArrangements>(refusals);
        var found = shown.Value;
        var withConfidential = !shown.Permission.LeavesOut(LeftOut.ConfidentialParts);
        var parentsWords = withConfidential || !found.IsParent(caller.Who) ? ParentsWordsShown.All : ParentsWordsShown.To(caller.Who, found.EverParents);
        return new ReadArrangements(
            found.Plan.School, found.Plan.Id, found.Plan.Pupil, found.Zone, found.Facts.Today,
            [.. found.Kept.Reverse().Select(kept => ReadArrangement.Of(kept, found.Facts, withConfidential, parentsWords))],
            found.May.Contains(Operation.RecordParentsAgreementToArrangement) ? found.Parents.Who : [], // who the others are, staff alone see
            found.May.Contains(Operation.ReviewArrangement) ? [.. found.Plan.Reviews.Select(review => new HeldOn(review.Id, review.HeldOn)).Reverse()] : [],
            found.Names, found.May, found.Facts.LivesWith(found.Plan.Pupil, caller.Who.ToString()));
    }

    /// <param name="id">Made with the form, so that one that is sent twice is there once.</param>
    public Task<Outcome<Arrangement>> DraftAsync(
        Caller caller, PlanId plan, ArrangementId id, WrittenTerms written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        return _desk.ChangeAsync<Arrangement>(
            caller, Operation.DraftArrangement, plan, "",
            async (work, of, act) =>
            {
                if (written.WhyNot() is { } tooLong) return tooLong;
                if (await work.Arrangements.FindAsync(id, cancellationToken) is { } there)
                    return there.Value.Terms.Plan == of.Id ? new Done<Arrangement>(there.Value) { ChangedSomething = false } : Unknown;
                var draft = Arrangement.Draft(id, of.Pupil, written.ToTerms(of.Id, act), act);
                work.Arrangements.Add(draft, of.School);
                return new Done<Arrangement>(draft, Values(null, draft));
            },
            cancellationToken);
    }

    /// <summary>Writes other terms. Who had agreed is asked again.</summary>
    /// <param name="seen">The version that was on the person's page.</param>
    public Task<Outcome<Arrangement>> RewriteAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, WrittenTerms written, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        return ChangeAsync(
            caller, Operation.DraftArrangement, plan, id, seen, "",
            (work, of, arrangement, act) => Task.FromResult(
                written.WhyNot() is { } tooLong ? tooLong : arrangement.Rewrite(written.ToTerms(of.Id, act), act)),
            cancellationToken);
    }

    /// <summary>Whoever asks is the person whom the school has authorised, and agrees.</summary>
    public Task<Outcome<Arrangement>> AgreeAsAuthorisedPersonAsync(Caller caller, PlanId plan, ArrangementId id, long seen, CancellationToken cancellationToken) =>
        AgreeHereAsync(caller, Operation.AgreeToArrangementAsAuthorisedPerson, AgreementCapacity.AuthorisedPerson, plan, id, seen, "", cancellationToken);

    /// <summary>Whoever asks is a parent, and agrees: one with whom the pupil normally lives.</summary>
    public Task<Outcome<Arrangement>> AgreeAsParentAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, string words, CancellationToken cancellationToken) =>
        AgreeHereAsync(caller, Operation.AgreeToArrangementAsParent, AgreementCapacity.Parent, plan, id, seen, words, cancellationToken);

    /// <summary>Writes down that a parent has agreed: who, when and how.</summary>
    public Task<Outcome<Arrangement>> RecordParentsAgreementAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, ParentsAgreement agreed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agreed);
        return ChangeAsync(
            caller, Operation.RecordParentsAgreementToArrangement, plan, id, seen, "",
            async (work, of, arrangement, act) => (await ReadAsync(work, of, id, arrangement.Terms.Until, agreed, act, cancellationToken)).TryGet(out var agreement, out var refusals)
                ? arrangement.Agree(agreement, await work.ArrangementFactsAsync(of, act.At, cancellationToken))
                : Outcome.Refused<Arrangement>(refusals),
            cancellationToken);
    }

    /// <summary>Puts it in force, or says all that is missing.</summary>
    public Task<Outcome<Arrangement>> ActivateAsync(Caller caller, PlanId plan, ArrangementId id, long seen, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ActivateArrangement, plan, id, seen, "",
            async (work, of, arrangement, act) => arrangement.Activate(await work.ArrangementFactsAsync(of, act.At, cancellationToken), act),
            cancellationToken);

    /// <summary>Records that a review of the plan lets it run on to the end date that it has.</summary>
    public Task<Outcome<Arrangement>> ContinueAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, ArrangementsReview held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return ChangeAsync(
            caller, Operation.ReviewArrangement, plan, id, seen, "",
            async (work, of, arrangement, act) => Read(of, held, ArrangementDecision.Continue).TryGet(out var review, out var refusals)
                ? arrangement.Continue(review, held.NextReviewOn, await work.TodayAsync(of.School, act.At, cancellationToken), act)
                : Outcome.Refused<Arrangement>(refusals),
            cancellationToken);
    }

    /// <summary>Moves the end date, as a review of the plan has decided. Whoever asks agrees for the school, and so is the authorised person.</summary>
    public Task<Outcome<Arrangement>> ExtendAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, ArrangementsReview held, LocalDate until, AgreedTimetable timetable, ParentsAgreement agreed,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(agreed);
        return ChangeAsync(
            caller, Operation.ReviewArrangement, plan, id, seen, "",
            async (work, of, arrangement, act) =>
            {
                if (!Read(of, held, ArrangementDecision.Extend).TryGet(out var review, out var refusals)
                    || !(await ReadAsync(work, of, id, until, agreed, act, cancellationToken)).TryGet(out var parent, out refusals))
                    return Outcome.Refused<Arrangement>(refusals);
                var authorised = new Agreement(
                    caller.Who.ToString(), AgreementCapacity.AuthorisedPerson, new AgreedTo.ReducedTimetable(id, until), act.At, AgreementManner.Page);
                return arrangement.Extend(
                    review, new ArrangementExtension(until, timetable, authorised, parent), held.NextReviewOn,
                    await work.ArrangementFactsAsync(of, act.At, cancellationToken), act);
            },
            cancellationToken, Operation.AgreeToArrangementAsAuthorisedPerson);
    }

    /// <summary>Ends it early: agreeing to stop is enough.</summary>
    public Task<Outcome<Arrangement>> EndAsync(
        Caller caller, PlanId plan, ArrangementId id, long seen, LocalDate lastDay, string why, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.EndArrangement, plan, id, seen, why,
            async (work, of, arrangement, act) => arrangement.End(lastDay, await work.TodayAsync(of.School, act.At, cancellationToken), act),
            cancellationToken);

    private static readonly Operation[] Offered =
    [
        Operation.DraftArrangement, Operation.AgreeToArrangementAsAuthorisedPerson, Operation.AgreeToArrangementAsParent,
        Operation.RecordParentsAgreementToArrangement, Operation.ActivateArrangement, Operation.ReviewArrangement, Operation.EndArrangement,
    ];

    private static Refusal Unknown { get; } =
        new("arrangement.unknown", "There is no such reduced timetable in this plan.", "Look at the plan's reduced timetables again.");

    private static Refusal NotAParent { get; } = new(
        "arrangement.not-a-parent", "That person is not entered as this pupil's parent or carer.",
        "Choose the parent who agreed, or have them entered as a parent first.");

    private static Refusal NoSuchReview { get; } =
        new("arrangement.no-such-review", "The plan has no such review.", "Hold a review of the plan first, and come back to record what it decided.");

    private Task<Outcome<Arrangement>> AgreeHereAsync(
        Caller caller, Operation operation, AgreementCapacity capacity, PlanId plan, ArrangementId id, long seen, string words,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, operation, plan, id, seen, "",
            async (work, of, arrangement, act) => TextLimits.WhyNot(words) is { } tooLong
                ? tooLong
                : arrangement.Agree(
                    new Agreement(
                        caller.Who.ToString(), capacity, new AgreedTo.ReducedTimetable(id, arrangement.Terms.Until), act.At, AgreementManner.Page, words),
                    await work.ArrangementFactsAsync(of, act.At, cancellationToken)),
            cancellationToken);

    private Task<Outcome<Arrangement>> ChangeAsync(
        Caller caller, Operation operation, PlanId plan, ArrangementId id, long seen, string why,
        Func<IWork, SupportPlan, Arrangement, Act, Task<Outcome<Arrangement>>> ask, CancellationToken cancellationToken, Operation? alsoNeeds = null) =>
        _desk.ChangeAsync<Arrangement>(
            caller, operation, plan, why,
            async (work, of, act) =>
            {
                if (await work.Arrangements.FindAsync(id, cancellationToken) is not { } kept || kept.Value.Pupil != of.Pupil || kept.Value.Terms.Plan != of.Id)
                    return Unknown;
                if (kept.WhyNot(seen) is { } changed) return changed;
                if (!(await ask(work, of, kept.Value, act)).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<Arrangement>>(refusals);
                work.Arrangements.Replace(kept, next);
                return new Done<Arrangement>(next, Values(kept, next));
            },
            cancellationToken,
            (_, _) => Task.FromResult(alsoNeeds));

    private static async Task<Outcome<Agreement>> ReadAsync(
        IWork work, SupportPlan plan, ArrangementId id, LocalDate? until, ParentsAgreement agreed, Act act, CancellationToken cancellationToken)
    {
        if (TextLimits.WhyNot(agreed.Words) is { } tooLong) return tooLong;
        if (!(await work.PlansParentsAsync(plan, act.At, cancellationToken)).Who.Contains(agreed.Parent)) return NotAParent;
        // A minute is typed, and the end of it is meant: terms that were written within it can be agreed to in it.
        var typed = (await work.ZoneAsync(plan.School, cancellationToken)).AtLeniently(agreed.At).ToInstant();
        var at = act.At - typed is var ago && ago >= Duration.Zero && ago < Duration.FromMinutes(1) ? act.At : typed;
        return new Agreement(
            agreed.Parent.ToString(), AgreementCapacity.Parent, new AgreedTo.ReducedTimetable(id, until), at, agreed.Manner, agreed.Words, act);
    }

    /// <summary>Its day and the pupil's words stand in the review itself.</summary>
    private static Outcome<ArrangementReview> Read(SupportPlan plan, ArrangementsReview held, ArrangementDecision decision)
    {
        if (TextLimits.WhyNot(held.ParentsSay) is { } tooLong) return tooLong;
        return plan.Reviews.FirstOrDefault(review => review.Id == held.Review) is { } review
            ? new ArrangementReview(review.Id, review.HeldOn, decision, review.Say, held.ParentsSay)
            : NoSuchReview;
    }

    /// <summary>Dates and states; what was written and said stays with the record.</summary>
    private static AuditedValue[] Values(Kept<Arrangement>? before, Arrangement after) =>
    [
        AuditedValue.Written("arrangement", before is null ? null : after.Id.ToString(), after.Id.ToString()),
        AuditedValue.KeptWithRecord("terms and agreements", (int?)before?.Version, (int?)before?.Version + 1 ?? 1),
        AuditedValue.Written("last day", Date(before?.Value.Ending?.LastDay ?? before?.Value.Until), Date(after.Ending?.LastDay ?? after.Until)),
        AuditedValue.Written("next review", Date(before?.Value.NextReviewOn), Date(after.NextReviewOn)),
    ];

    private static string? Date(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;

    private static IEnumerable<PersonId> PeopleIn(Arrangement arrangement) =>
        new[] { arrangement.AuthorisedPerson, arrangement.Parent }
            .Concat(arrangement.Reviews.SelectMany(recorded => new[] { recorded.Extension?.AuthorisedPerson, recorded.Extension?.Parent }))
            .SelectMany(agreement => new[] { Guid.TryParse(agreement?.Who, out var who) ? who : Guid.Empty, agreement?.Recorded?.Who.Value ?? Guid.Empty })
            .Where(who => who != Guid.Empty).Select(who => new PersonId(who));

    private sealed record Found(
        SupportPlan Plan, IReadOnlyList<Kept<Arrangement>> Kept, ArrangementFacts Facts, PupilsParents Parents, DateTimeZone Zone,
        PeopleNamed Names, FrozenSet<Operation> May)
    {
        public IEnumerable<PersonId> EverParents => Facts.Parents.Where(entry => entry.Pupil == Plan.Pupil).Select(entry => entry.Parent).Concat(Parents.Who);

        public bool IsParent(PersonId who) => EverParents.Contains(who);

        public override string ToString() => nameof(Found);
    }
}
