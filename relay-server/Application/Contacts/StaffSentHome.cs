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

namespace AV1Relay.Application.Contacts;

/// <summary>Work, messages and news that are sent home, so that the pupil stays a part of the school.</summary>
public sealed class StaffSentHome
{
    private readonly PlanDesk _desk;

    internal StaffSentHome(Desk desk) => _desk = new PlanDesk(desk);

    public async Task<Outcome<ReadSentHome>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ReadSentHome>(
            caller, Operation.ReadSentHome, id,
            async (work, plan, now) =>
            {
                var sent = (await work.SentHome.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value).ToList();
                var people = sent.SelectMany(item => item.Acknowledgements.Select(seen => Parse(seen.Who)).OfType<PersonId>().Append(item.Sent.Who));
                return new ReadSentHome(
                    plan.School, plan.Pupil, await work.ZoneAsync(plan.School, cancellationToken), [.. sent],
                    await PeopleNamed.FindAsync(work, people, cancellationToken),
                    (await work.Assignments.OfPlanAsync(plan.Id, cancellationToken)).Any(kept =>
                        kept.Value.Role == Role.Parent && kept.Value.StandingAt(now) == AssignmentStanding.InForce),
                    await work.MayAsync(caller, plan, now, cancellationToken, Operation.SendHome, Operation.AcknowledgeSentHome));
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadSentHome>(refusals);
    }

    /// <param name="item">Made with the form, so that one that is sent twice is there once.</param>
    public Task<Outcome<SentHome>> SendAsync(
        Caller caller, PlanId id, SentHomeId item, SentHomeKind kind, ContactWith to, string title, string words, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<SentHome>(
            caller, Operation.SendHome, id, "",
            async (work, plan, act) =>
            {
                if ((TextLimits.WhyNotName(title) ?? TextLimits.WhyNot(words)) is { } tooLong) return tooLong;
                if (await work.SentHome.FindAsync(item, cancellationToken) is { } kept)
                    return kept.Value.Pupil == plan.Pupil ? new Done<SentHome>(kept.Value) { ChangedSomething = false } : Unknown;
                if (!SentHome.Send(item, plan.Pupil, kind, to, title, words, act).TryGet(out var sent, out var refusals))
                    return Outcome.Refused<Done<SentHome>>(refusals);
                work.SentHome.Add(sent);
                return new Done<SentHome>(sent, AuditedValue.Written("sent home", null, item.ToString()));
            },
            cancellationToken);

    /// <summary>A parent has seen it. The first time counts.</summary>
    public Task<Outcome<SentHome>> AcknowledgeAsync(Caller caller, PlanId id, SentHomeId item, string words, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<SentHome>(
            caller, Operation.AcknowledgeSentHome, id, "",
            async (work, plan, act) =>
            {
                if (TextLimits.WhyNot(words) is { } tooLong) return tooLong;
                if (await work.SentHome.FindAsync(item, cancellationToken) is not { } kept || kept.Value.Pupil != plan.Pupil) return Unknown;
                if (!kept.Value.Acknowledge(new Acknowledgement(caller.Who.ToString(), act.At, words)).TryGet(out var next, out var refusals))
                    return Outcome.Refused<Done<SentHome>>(refusals);
                if (next == kept.Value) return new Done<SentHome>(next) { ChangedSomething = false };
                work.SentHome.Replace(kept, next);
                return new Done<SentHome>(next, AuditedValue.KeptWithRecord("acknowledgements", (int)kept.Version, (int)kept.Version + 1));
            },
            cancellationToken);

    private static Refusal Unknown { get; } = new("sent-home.unknown", "There is no such thing among what was sent home.", "Look at the list again.");

    private static PersonId? Parse(string who) => Guid.TryParse(who, out var id) ? new PersonId(id) : null;
}

/// <param name="Items">The earliest sent first.</param>
/// <param name="Names">Of everybody who is named in it.</param>
/// <param name="IsReadAtHome">Whether any parent or carer may see the plan, and so this. Pupils have no pages here: it reaches them through the parents.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadSentHome(
    SchoolId School, PupilId Pupil, DateTimeZone Zone, ImmutableArray<SentHome> Items, PeopleNamed Names, bool IsReadAtHome, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadSentHome);
}
