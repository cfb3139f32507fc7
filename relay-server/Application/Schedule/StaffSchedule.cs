using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>Sessions, as staff book them, look after them and end them.</summary>
public sealed partial class StaffSchedule
{
    /// <summary>So many days of a calendar are read at once, at most.</summary>
    public const int MostDays = 31;

    private static readonly Refusal WordsTooLong = new(
        "session.words-too-long", "That is more than can be kept with an answer.", "Write it shorter, and tell the key adult the rest.");

    private static readonly Refusal TooManyAtOnce = new(
        "booking.too-many-at-once", $"That is more than {Bookings.MostAtOnce} times at once.", "Book fewer weeks, and the others later.");

    private readonly Desk _desk;

    internal StaffSchedule(Desk desk) => _desk = desk;

    /// <summary>Books one session, or says every reason why not.</summary>
    public async Task<Outcome<ReadSession>> BookAsync(Caller caller, SessionWish wish, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var plan = await PlanAsync(caller, wish.Plan, cancellationToken);
        return await _desk.ChangeAsync(
            caller, Operation.ProposeSession, why, ClaimsOf(plan, wish),
            work => FindPlanAsync(work, wish, $"session {wish.Id}", cancellationToken),
            async (work, kept, act) =>
            {
                if (await work.Sessions.FindAsync(wish.Id, cancellationToken) is not null) return RecordRefusals.ChangedMeanwhile;
                var board = await work.BoardAsync(kept.Value, OneDay(wish.Slot.Date), [wish.RobotName], [wish.Carrier], cancellationToken);
                if (!Bookings.Check(ToRequest(wish, board, act), board).TryGet(out var session, out var refusals))
                    return Outcome.Refused<Done<ReadSession>>(refusals);
                work.Sessions.Add(session);
                return new Done<ReadSession>(new ReadSession(session, 1, LeftOut.Nothing), SessionAudit.Booked(session));
            },
            cancellationToken);
    }

    /// <summary>The same at several times, each for itself: one that is refused stops no other.</summary>
    public async Task<Outcome<BookedRepeat>> BookRepeatAsync(
        Caller caller, SessionWish first, ImmutableArray<RepeatSlot> slots, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(first);
        if (slots.IsDefaultOrEmpty) throw new ArgumentException("A repeat has times.", nameof(slots));
        var plan = await PlanAsync(caller, first.Plan, cancellationToken);
        return await _desk.ChangeAsync<Kept<SupportPlan>, BookedRepeat>(
            caller, Operation.ProposeSession, why, ClaimsOf(plan, first),
            work => FindPlanAsync(work, first, $"plan {first.Plan}", cancellationToken),
            async (work, kept, act) =>
            {
                if (slots.Length > Bookings.MostAtOnce) return TooManyAtOnce;
                var days = new DateInterval(slots.Min(slot => slot.Slot.Date), slots.Max(slot => slot.Slot.Date));
                var board = await work.BoardAsync(kept.Value, days, [first.RobotName], [first.Carrier], cancellationToken);
                var answers = Bookings.Repeat(ToRequest(first, board, act), slots, board);
                ImmutableArray<ScheduledSession> booked =
                    [.. answers.Where(answer => !answer.Outcome.IsRefused).Select(answer => answer.Outcome.Value)];
                foreach (var session in booked) work.Sessions.Add(session);
                return new Done<BookedRepeat>(new BookedRepeat(answers), SessionAudit.Booked(booked)) { ChangedSomething = booked.Length > 0 };
            },
            cancellationToken);
    }

    /// <summary>Where a session would fit.</summary>
    public async Task<Outcome<FreeSlots>> FindFreeAsync(Caller caller, FreeSlotQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadFreeTimes,
            async work => await work.Plans.FindAsync(question.Plan, cancellationToken) is { } kept
                ? new Asked<SupportPlan>(kept.Value, AccessSubject.OfPlan(kept.Value.School, kept.Value.Id), $"plan {question.Plan}")
                : null,
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<FreeSlots>(refusals);

        // Only now: whoever may not ask costs no search.
        var plan = shown.Value;
        var board = await _desk.PeekAsync(
            caller, async work => await work.BoardAsync(plan, question.Days, robots: null, question.Carriers, cancellationToken), cancellationToken);
        var wish = new FreeSlotWish(
            question.Id, plan.Id, plan.Ladder.Current.Id, question.Location, question.Days, question.Carriers, new Act(caller.Who, _desk.Now))
        {
            Wanted = question.Wanted,
        };
        return FreeSlots.Find(wish, board);
    }

    /// <summary>At another time or place, with another robot or carrier; everything is checked again.</summary>
    public async Task<Outcome<ReadSession>> MoveAsync(Caller caller, SessionChangeRequest change, SessionMove move, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(move);
        return await ChangeAsync(
            caller, Operation.ProposeSession, change, [Claim.OnRobot(move.RobotName), Claim.On(move.Carrier)],
            async (work, session, act) =>
            {
                var plan = await work.Plans.FindAsync(session.Booked.Plan, cancellationToken) ?? throw new InvalidOperationException("A session has a plan.");
                var board = await work.BoardAsync(plan.Value, OneDay(move.Slot.Date), [move.RobotName], [move.Carrier], cancellationToken);
                var request = BookingRequest.ForMoving(session, act) with
                {
                    Step = plan.Value.Ladder.Current.Id,
                    Lesson = move.Lesson,
                    Room = move.Room,
                    Slot = move.Slot,
                    Carrier = move.Carrier,
                    RobotName = move.RobotName,
                };
                return Bookings.Move(session, request, board);
            },
            cancellationToken);
    }

    /// <summary>Writes down what the pupil or a parent said elsewhere.</summary>
    public Task<Outcome<ReadSession>> RecordAgreementAsync(
        Caller caller, SessionChangeRequest change, Agreement agreement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return RecordAnswerAsync(
            caller, change, agreement.Capacity, agreement.Who, agreement.Words, (session, act) => session.Agree(agreement with { Recorded = act }), cancellationToken);
    }

    /// <summary>A no is an answer too, also after a yes.</summary>
    public Task<Outcome<ReadSession>> RecordNoAsync(Caller caller, SessionChangeRequest change, SaidNo no, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(no);
        return RecordAnswerAsync(
            caller, change, no.Capacity, no.Who, no.Words, (session, act) => session.Decline(no with { Recorded = act }), cancellationToken);
    }

    /// <summary>A parent's own yes or no, on their page.</summary>
    /// <param name="words">What they wish to say with it; may be empty.</param>
    public Task<Outcome<ReadSession>> AnswerAsParentAsync(
        Caller caller, SessionChangeRequest change, bool says, string words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(words);
        return ChangeAsync(
            caller, Operation.AgreeToSessionAsParent, change, [],
            async (work, session, act) =>
            {
                var who = caller.Who.ToString();
                if ((await work.ParentsAsync(session.Booked, act.At, cancellationToken)).WhyNot(AgreementCapacity.Parent, who) is { } stranger) return stranger;
                if (words.Length > PlanLimits.LongestWords) return WordsTooLong;
                return says
                    ? session.Agree(new Agreement(who, AgreementCapacity.Parent, new AgreedTo.Session(session.Id), act.At, AgreementManner.Page, words))
                    : session.Decline(new SaidNo(who, AgreementCapacity.Parent, act.At, AgreementManner.Page, words));
            },
            cancellationToken);
    }

    /// <summary>One plan's sessions from today on, by time, as this person may read them.</summary>
    public async Task<Outcome<ReadCalendar>> ToComeAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var school = (await PlanAsync(caller, plan, cancellationToken))?.Value.School;
        var looked = await _desk.LookThroughAsync<Kept<ScheduledSession>>(
            caller, Operation.ReadSession,
            school is { } its ? AccessSubject.OfSession(its, plan, default, default) : AccessSubject.NotFound, $"plan {plan}",
            async work =>
            {
                List<Asked<Kept<ScheduledSession>>> sessions = [];
                if (school is not { } there) return sessions;
                var today = await work.TodayAsync(there, _desk.Now, cancellationToken);
                foreach (var kept in await work.Sessions.OfSchoolAsync(there, new DateInterval(today, today.PlusDays(MostDays - 1)), cancellationToken))
                {
                    if (kept.Value.Booked is var booked && booked.Plan == plan)
                        sessions.Add(new(kept, await work.SubjectOfAsync(booked, cancellationToken), $"session {kept.Value.Id}"));
                }

                return sessions;
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new ReadCalendar([.. shown.Select(session => new ReadSession(session.Value.Value, session.Value.Version, session.Permission.LeftOut))])
            : Outcome.Refused<ReadCalendar>(refusals);
    }

    public Task<Outcome<ReadSession>> CancelAsync(Caller caller, SessionChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.CancelSession, change, (session, act) => session.Cancel(act), cancellationToken);

    public Task<Outcome<ReadSession>> PlaceAsync(Caller caller, SessionChangeRequest change, RobotCheck check, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.PlaceRobot, change, [],
            async (work, session, act) => session.Place(
                check, (await work.StationedRobots.FindAsync(session.Booked.RobotName, cancellationToken))?.Value, act,
                (await work.SettingsAsync(cancellationToken)).Sessions),
            cancellationToken);

    public Task<Outcome<ReadSession>> EndAsync(Caller caller, SessionChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.EndSession, change, (session, act) => session.End(act), cancellationToken);

    /// <summary>Puts the end off, if nothing follows.</summary>
    public Task<Outcome<ReadSession>> ExtendAsync(Caller caller, SessionChangeRequest change, Duration more, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ExtendSession, change, [],
            async (work, session, act) => session.Extend(
                more, await work.WhatFollowsAsync(session, cancellationToken), act, (await work.SettingsAsync(cancellationToken)).Sessions),
            cancellationToken);

    public async Task<Outcome<ReadSession>> ReadAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync<Found>(
            caller, Operation.ReadSession,
            async work => await FindAsync(work, id, cancellationToken) is { } asked
                ? new Asked<Found>(
                    new Found(
                        asked.Value, await work.MayAsync(caller, asked.About, _desk.Now, cancellationToken, Offered),
                        await PeopleNamed.FindAsync(work, ReadAnswer.Writers(asked.Value.Value.History), cancellationToken)),
                    asked.About, asked.Subject)
                : null,
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<ReadSession>(refusals);
        var (kept, may, names) = shown.Value;
        return new ReadSession(kept.Value, kept.Version, shown.Permission.LeftOut)
        {
            May = may,
            Answers = [.. ReadAnswer.Of(kept.Value.History, caller.Who, may.Contains(Operation.RecordAgreementToSession), names)],
        };
    }

    /// <summary>A school's sessions of some days, by time: who may see that something is taken need not see whose it is.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MostDays"/> days.</exception>
    public async Task<Outcome<ReadCalendar>> ReadCalendarAsync(Caller caller, SchoolId school, DateInterval days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(days);
        if (days.Length > MostDays) throw new ArgumentException("That is more than is read at once.", nameof(days));
        IReadOnlyCollection<Assignment> assignments = [];
        var now = _desk.Now;
        var looked = await _desk.LookAsync(
            caller, Operation.ReadBookings,
            async work =>
            {
                assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                return new Asked<IReadOnlyList<Kept<ScheduledSession>>>(
                    await work.Sessions.OfSchoolAsync(school, days, cancellationToken), AccessSubject.OfSchool(school), $"school {school}");
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new ReadCalendar([.. shown.Value.Select(kept => new ReadSession(kept.Value, kept.Version, LeftOutOf(kept.Value.Booked, assignments, shown.Permission.LeftOut, now)))])
            : Outcome.Refused<ReadCalendar>(refusals);
    }

    /// <summary>To who sees only that something is taken, sessions of their own plans are theirs all the same.</summary>
    private static LeftOut LeftOutOf(BookedUse booked, IReadOnlyCollection<Assignment> assignments, LeftOut ofAll, Instant now)
    {
        if (ofAll == LeftOut.Nothing) return ofAll;
        var about = AccessSubject.OfSession(booked.School, booked.Plan, booked.Room, booked.Slot.Date);
        return AccessPolicy.Check(assignments, Operation.ReadSession, about, now).TryGet(out var own, out _) ? ofAll & own.LeftOut : ofAll;
    }

    private static readonly Operation[] Offered =
    [
        Operation.AgreeToSessionAsParent, Operation.RecordAgreementToSession, Operation.IssueJoinCode, Operation.PlaceRobot, Operation.CancelSession,
        Operation.EndSession, Operation.ProposeSession,
    ];

    private Task<Outcome<ReadSession>> RecordAnswerAsync(
        Caller caller, SessionChangeRequest change, AgreementCapacity capacity, string who, string words,
        Func<ScheduledSession, Act, Outcome<ScheduledSession>> ask, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.RecordAgreementToSession, change, [],
            async (work, session, act) =>
            {
                var parents = await work.ParentsAsync(session.Booked, act.At, cancellationToken);
                if (parents.WhyNot(capacity, who) is { } stranger) return stranger;
                return words.Length > PlanLimits.LongestWords ? WordsTooLong : ask(session, act);
            },
            cancellationToken);

    private Task<Outcome<ReadSession>> ChangeAsync(
        Caller caller, Operation operation, SessionChangeRequest change, Func<ScheduledSession, Act, Outcome<ScheduledSession>> ask,
        CancellationToken cancellationToken) =>
        ChangeAsync(caller, operation, change, [], (_, session, act) => Task.FromResult(ask(session, act)), cancellationToken);

    private async Task<Outcome<ReadSession>> ChangeAsync(
        Caller caller,
        Operation operation,
        SessionChangeRequest change,
        ImmutableArray<Claim> claims,
        Func<IWork, ScheduledSession, Act, Task<Outcome<ScheduledSession>>> ask,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var booked = (await _desk.PeekAsync(caller, work => work.Sessions.FindAsync(change.Session, cancellationToken), cancellationToken))?.Value.Booked;
        ImmutableArray<Claim> all = booked is null
            ? claims
            : [.. claims.Add(Claim.On(booked.Pupil)).Add(Claim.OnRobot(booked.RobotName)).Add(Claim.On(booked.Carrier)).Distinct()];
        return await _desk.ChangeAsync(
            caller, operation, change.Why, all,
            work => FindAsync(work, change.Session, cancellationToken),
            async (work, kept, act) =>
            {
                if (kept.WhyNot(change.Seen) is { } changed) return changed;
                if (!(await ask(work, kept.Value, act)).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadSession>>(refusals);
                var leftOut = await LeftOutAsync(work, caller, next.Booked, act.At, cancellationToken);
                if (ReferenceEquals(next, kept.Value))
                    return new Done<ReadSession>(new ReadSession(next, kept.Version, leftOut)) { ChangedSomething = false };
                work.Sessions.Replace(kept, next);
                work.NoteEnd(kept.Value, next);
                return new Done<ReadSession>(new ReadSession(next, kept.Version + 1, leftOut), SessionAudit.Changed(kept.Value, next))
                {
                    Slug = SessionAudit.SlugOf(kept.Value, next),
                };
            },
            cancellationToken);
    }

    private Task<Kept<SupportPlan>?> PlanAsync(Caller caller, PlanId plan, CancellationToken cancellationToken) =>
        _desk.PeekAsync(caller, work => work.Plans.FindAsync(plan, cancellationToken), cancellationToken);

    private static ImmutableArray<Claim> ClaimsOf(Kept<SupportPlan>? plan, SessionWish wish) =>
        plan is null ? [] : [Claim.On(plan.Value.Pupil), Claim.OnRobot(wish.RobotName), Claim.On(wish.Carrier)];

    private static async Task<Asked<Kept<SupportPlan>>?> FindPlanAsync(
        IWork work, SessionWish wish, string subject, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(wish.Plan, cancellationToken) is { } kept
            // Room and day are those that were asked for, since nothing is stored of them yet: the right to book goes by the plan alone.
            ? new Asked<Kept<SupportPlan>>(
                kept, AccessSubject.OfSession(kept.Value.School, kept.Value.Id, wish.Room ?? default, wish.Slot.Date), subject)
            : null;

    private static async Task<Asked<Kept<ScheduledSession>>?> FindAsync(IWork work, ScheduledSessionId id, CancellationToken cancellationToken) =>
        await work.Sessions.FindAsync(id, cancellationToken) is { Value.Booked: var booked } kept
            ? new Asked<Kept<ScheduledSession>>(kept, await work.SubjectOfAsync(booked, cancellationToken), $"session {id}")
            : null;

    /// <summary>To change a session is not to read it: who carries a robot sees of it afterwards what they would see by asking.</summary>
    private static async Task<LeftOut> LeftOutAsync(IWork work, Caller caller, BookedUse booked, Instant now, CancellationToken cancellationToken)
    {
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var about = await work.SubjectOfAsync(booked, cancellationToken);
        return AccessPolicy.Check(assignments, Operation.ReadSession, about, now).TryGet(out var permission, out _)
            ? permission.LeftOut
            : LeftOut.Pupils | LeftOut.PlanContents;
    }

    private static BookingRequest ToRequest(SessionWish wish, BookingBoard board, Act act) => new(
        wish.Id, wish.Plan, wish.Step, wish.Lesson, wish.Room, wish.Slot, board.Zone, wish.Location, wish.Carrier, wish.RobotName, act);

    private static DateInterval OneDay(LocalDate date) => new(date, date);

    private sealed record Found(Kept<ScheduledSession> Kept, FrozenSet<Operation> May, PeopleNamed Names)
    {
        public override string ToString() => nameof(Found);
    }
}
