using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Contacts;

/// <summary>Regular contact with a pupil and their parents: staff enter and correct it, and parents read it and say something to it.</summary>
public sealed class StaffContacts
{
    private readonly PlanDesk _desk;

    internal StaffContacts(Desk desk) => _desk = new PlanDesk(desk);

    /// <param name="withConfidential">Asks for a right of its own.</param>
    public async Task<Outcome<ReadContacts>> ReadAsync(Caller caller, PlanId id, bool withConfidential, CancellationToken cancellationToken)
    {
        var (operation, also) = withConfidential ? (Operation.ReadConfidentialParts, Operation.ReadContacts) : (Operation.ReadContacts, (Operation?)null);
        var looked = await _desk.LookAsync<ReadContacts>(
            caller, operation, id,
            async (work, plan, now) =>
            {
                var kept = await work.Contacts.FindAsync(plan.Pupil, cancellationToken);
                var entries = kept?.Value.View(withConfidential).Entries ?? [];
                var zone = await work.ZoneAsync(plan.School, cancellationToken);
                var staff = new[] { caller.Who, plan.KeyAdult, plan.Lead }.Distinct().ToList();
                var people = staff.Concat(entries.SelectMany(PeopleIn));
                return new ReadContacts(
                    plan.School, plan.Id, plan.Pupil, zone, entries, kept?.Version ?? 0, kept?.Value.NextDue,
                    kept?.Value.IsOverdueOn(now.InZone(zone).Date) is true, [.. staff], await PeopleNamed.FindAsync(work, people, cancellationToken),
                    await work.MayAsync(
                        caller, plan, now, cancellationToken, Operation.EnterContact, Operation.CorrectContact, Operation.CommentOnContact,
                        Operation.ReadConfidentialParts));
            },
            cancellationToken, also);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadContacts>(refusals);
    }

    /// <summary>Enters a contact that has taken place. The first one begins the pupil's log.</summary>
    public Task<Outcome<Contact>> EnterAsync(Caller caller, PlanId id, NewContact entered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entered);
        return _desk.ChangeAsync<Contact>(
            caller, Operation.EnterContact, id, "",
            async (work, plan, act) =>
            {
                if (TextLimits.WhyNot(entered.Note) is { } tooLong) return tooLong;
                if (!await IsStaffOfAsync(work, caller, plan, entered.By, act.At, cancellationToken)) return NotByThem;
                var zone = await work.ZoneAsync(plan.School, cancellationToken);
                var contact = new Contact(
                    entered.Id, entered.By, entered.With, zone.AtLeniently(entered.At).ToInstant(), entered.Manner, entered.Note, entered.NextDue, act,
                    entered.IsConfidential);
                var kept = await work.Contacts.FindAsync(plan.Pupil, cancellationToken);
                if (kept?.Value.Find(contact.Id) is { } there) return new Done<Contact>(there) { ChangedSomething = false }; // sent twice
                var log = kept?.Value ?? new ContactLog(plan.Pupil, entered.NextDue, []);
                if (!log.Enter(contact, zone).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<Contact>>(refusals);
                if (kept is null) work.Contacts.Add(next);
                else work.Contacts.Replace(kept, next);
                return new Done<Contact>(contact, AuditedValue.Written("contact", null, contact.Id.ToString()));
            },
            cancellationToken);
    }

    /// <summary>Says what an entry should have said; the original stays.</summary>
    /// <param name="seen">The log's version that was on the person's page.</param>
    /// <param name="why">Needed: a correction is kept beside what stood there before.</param>
    public Task<Outcome<Contact>> CorrectAsync(
        Caller caller, PlanId id, long seen, CorrectedContact corrected, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        return _desk.ChangeAsync<Contact>(
            caller, Operation.CorrectContact, id, why,
            async (work, plan, act) =>
            {
                if (TextLimits.WhyNot(corrected.Note) is { } tooLong) return tooLong;
                if (await work.Contacts.FindAsync(plan.Pupil, cancellationToken) is not { } kept) return NoneYet;
                if (kept.WhyNot(seen) is { } changed) return changed;
                var correction = new ContactCorrection(corrected.Note, corrected.NextDue, act, corrected.IsConfidential);
                var zone = await work.ZoneAsync(plan.School, cancellationToken);
                if (!kept.Value.Correct(corrected.Id, correction, zone).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<Contact>>(refusals);
                AuditedValue[] values = [AuditedValue.Written("contact", corrected.Id.ToString(), corrected.Id.ToString()), OfVersion("note", kept)];
                if (!AuditChange.Correction(Slug, $"plan {plan.Id}", act, values).TryGet(out _, out refusals)) return Outcome.Refused<Done<Contact>>(refusals);
                work.Contacts.Replace(kept, next);
                return new Done<Contact>(next.Find(corrected.Id)!, values); // it has just been corrected
            },
            cancellationToken,
            (work, plan) => NeedsAsync(work, plan, corrected.Id, cancellationToken));
    }

    /// <summary>Says something to an entry. What is confidential is commented on only by who may read it.</summary>
    public Task<Outcome<Contact>> CommentAsync(Caller caller, PlanId id, ContactId contact, CommentId comment, string words, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<Contact>(
            caller, Operation.CommentOnContact, id, "",
            async (work, plan, act) =>
            {
                if (TextLimits.WhyNot(words) is { } tooLong) return tooLong;
                if (await work.Contacts.FindAsync(plan.Pupil, cancellationToken) is not { } kept) return NoneYet;
                if (kept.Value.Find(contact) is { } there && there.Comments.Any(said => said.Id == comment))
                    return new Done<Contact>(there) { ChangedSomething = false }; // sent twice
                if (!Comment.Write(comment, plan.Id, contact, words, act).TryGet(out var written, out var refusals)
                    || !kept.Value.Say(contact, written).TryGet(out var next, out refusals)) return Outcome.Refused<Done<Contact>>(refusals);
                work.Contacts.Replace(kept, next);
                return new Done<Contact>(next.Find(contact)!, OfVersion("comments", kept)); // it has just been commented on
            },
            cancellationToken,
            (work, plan) => NeedsAsync(work, plan, contact, cancellationToken));

    private static AuditSlug Slug => AuditedOperations.Find(Operation.CorrectContact)!; // it is recorded

    private static Refusal NoneYet { get; } = new("contact.unknown", "There is no such entry.", "Look at the list of contacts again.");

    private static Refusal NotByThem { get; } = new(
        "contact.not-by-them", "That person has no part in this plan.", "Choose the key adult, the lead or yourself.");

    /// <summary>The key adult, who stood in, or whoever enters it.</summary>
    private static async Task<bool> IsStaffOfAsync(
        IWork work, Caller caller, SupportPlan plan, PersonId who, Instant now, CancellationToken cancellationToken) =>
        who == caller.Who || who == plan.KeyAdult || who == plan.Lead
        || (await work.Assignments.OfPlanAsync(plan.Id, cancellationToken)).Any(kept =>
            kept.Value.Who == who && kept.Value.Role == Role.KeyAdult && kept.Value.StandingAt(now) == AssignmentStanding.InForce);

    private static async Task<Operation?> NeedsAsync(IWork work, SupportPlan plan, ContactId contact, CancellationToken cancellationToken) =>
        (await work.Contacts.FindAsync(plan.Pupil, cancellationToken))?.Value.Find(contact)?.IsConfidentialNow is true ? Operation.ReadConfidentialParts : null;

    private static AuditedValue OfVersion(string name, Kept<ContactLog> kept) =>
        AuditedValue.KeptWithRecord(name, (int)kept.Version, (int)kept.Version + 1);

    private static IEnumerable<PersonId> PeopleIn(Contact contact) =>
    [
        contact.By, contact.Entered.Who, .. contact.Corrections.Select(correction => correction.Act.Who),
        .. contact.Comments.Select(comment => comment.Written.Who),
    ];
}
