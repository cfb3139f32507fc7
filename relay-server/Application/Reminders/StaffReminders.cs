using System.Collections.Immutable;
using AV1Relay.Application.Arrangements;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Overview;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reminders;
using NodaTime;

namespace AV1Relay.Application.Reminders;

/// <summary>What somebody is told by e-mail on an evening: no more than their pages would show them at that moment.</summary>
/// <remarks>
/// Asked for by the relay, with nobody there. It is decided by the person's own rights, and is no look of theirs: without names it tells when
/// a robot is where, and how many things wait. Where names are wanted, they are asked for like any other look at a pupil's card.
/// </remarks>
public sealed class StaffReminders
{
    private static readonly Caller Nobody = new(default(PersonId)); // the relay reads schools, of which anybody may know

    private readonly Desk _desk;
    private readonly StaffFeed _feed;
    private readonly StaffOverview _overview;

    internal StaffReminders(Desk desk, StaffFeed feed, StaffOverview overview) => (_desk, _feed, _overview) = (desk, feed, overview);

    /// <summary>Whether it is a time for reminders at any school.</summary>
    public Task<bool> IsEveningSomewhereAsync(CancellationToken cancellationToken) => _desk.PeekAsync(
        Nobody,
        async work => (await work.Schools.AllAsync(cancellationToken)).Select(school => school.Value.ZoneId).Distinct()
            .Any(zone => ReminderEvening.IsNow(_desk.Now.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime)),
        cancellationToken);

    /// <summary>What this person could be reminded of.</summary>
    public Task<RemindersOffered> OffersAsync(Caller caller, CancellationToken cancellationToken) => _desk.PeekAsync(
        caller,
        async work =>
        {
            var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
            var inForce = InForce(assignments);
            var (isStaff, isParent) = (_feed.Staffed(assignments).Count > 0, ChildrensPlans(inForce).Any());
            return new RemindersOffered(isStaff || isParent, HasList(inForce) || isParent, isParent && !isStaff);
        },
        cancellationToken);

    /// <param name="last">How far their latest evening has come.</param>
    public Task<ReminderDecision> DecideAsync(Caller caller, ReminderChoice choice, EveningMark last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(last);
        return _desk.PeekAsync<ReminderDecision>(
            caller,
            async work =>
            {
                var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                var inForce = InForce(assignments);
                if (inForce.Count == 0) return new ReminderDecision.Ended();
                var schools = await SchoolsAsync(work, inForce, cancellationToken);
                if (schools.Count == 0) return new ReminderDecision.NotNow();
                var wall = _desk.Now.InZone(schools[0].Zone()).LocalDateTime; // one evening a person, by their first school's clocks
                if (!ReminderEvening.IsNow(wall) || !last.MayTry(wall.Date, _desk.Now)) return new ReminderDecision.NotNow();

                List<RemindedSession> sessions = [];
                var (needs, answers) = (0, 0);
                var staffed = _feed.Staffed(assignments);
                foreach (var school in schools)
                {
                    var due = ReminderEvening.Due(choice, wall.Date, (await work.SchoolTimes.FindAsync(school.Id, cancellationToken))?.Value.Calendar);
                    var children = ChildrensPlans(inForce).Where(scope => scope.School == school.Id).Select(scope => scope.Plan).Distinct().ToList();
                    if (due.Days is [var first, ..] and [.., var end])
                    {
                        var days = new DateInterval(first, end);
                        if (staffed.Contains(school.Id))
                            sessions.AddRange((await _feed.OfSchoolAsync(work, caller, school.Id, days, assignments, cancellationToken)).Select(own => new RemindedSession(own.Session, own.Room, own.WithName)));
                        if (children.Count > 0)
                            sessions.AddRange((await OfChildrenAsync(work, school.Id, children, days, assignments, cancellationToken)).Select(session => new RemindedSession(session, null, school.NamesOutside)));
                    }

                    if (!due.Needs) continue;
                    needs += await _overview.CountOwnAsync(work, caller, school, assignments, cancellationToken);
                    answers += await CountAnswersAsync(work, caller, school.Id, children, assignments, cancellationToken);
                }

                ImmutableArray<RemindedSession> told =
                [
                    .. sessions.Where(reminded => reminded.Session.State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready)
                        .DistinctBy(reminded => reminded.Session.Id) // of a teacher's own child: as staff, who know the room
                        .OrderBy(reminded => reminded.Session.Window.Start).ThenBy(reminded => reminded.Session.Id.Value),
                ];
                return told.IsEmpty && needs + answers == 0
                    ? new ReminderDecision.Nothing(wall.Date)
                    : new ReminderDecision.Tell(new Reminder(wall.Date, told, needs, answers));
            },
            cancellationToken);
    }

    private async Task<IEnumerable<ScheduledSession>> OfChildrenAsync(
        IWork work, SchoolId school, List<PlanId> plans, DateInterval days, IReadOnlyCollection<Assignment> assignments, CancellationToken cancellationToken)
    {
        var timetable = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Timetable;
        return (await work.Sessions.OfSchoolAsync(school, days, cancellationToken)).Select(kept => kept.Value).Where(session =>
            plans.Contains(session.Booked.Plan)
            && !AccessPolicy.Check(assignments, Operation.ReadSession, SessionSubjects.Of(session.Booked, timetable), _desk.Now).IsRefused);
    }

    /// <summary>Sessions and reduced timetables that wait for this parent's yes or no.</summary>
    private async Task<int> CountAnswersAsync(
        IWork work, Caller caller, SchoolId school, List<PlanId> plans, IReadOnlyCollection<Assignment> assignments, CancellationToken cancellationToken)
    {
        if (plans.Count == 0) return 0;
        var today = await work.TodayAsync(school, _desk.Now, cancellationToken);
        var count = (await OfChildrenAsync(work, school, plans, new DateInterval(today, today.PlusDays(StaffSchedule.MostDays - 1)), assignments, cancellationToken))
            .Count(session => session is { State: SessionState.Proposed, Booked.AsksParent: true }
                && session.History.Agreements.All(agreement => agreement.Capacity != AgreementCapacity.Parent));
        foreach (var id in plans)
        {
            if (await work.Plans.FindAsync(id, cancellationToken) is not { Value: var plan }
                || AccessPolicy.Check(assignments, Operation.ReadArrangement, AccessSubject.OfPlan(school, id), _desk.Now).IsRefused) continue;
            var facts = await work.ArrangementFactsAsync(plan, _desk.Now, cancellationToken);
            if (!facts.LivesWith(plan.Pupil, caller.Who.ToString())) continue;
            count += (await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken))
                .Count(kept => kept.Value.Terms.Plan == id && ReadArrangement.Of(kept, facts, withConfidential: false, ParentsWordsShown.All).WaitsForParent);
        }

        return count;
    }

    private List<Assignment> InForce(IReadOnlyCollection<Assignment> assignments) => [.. assignments.Where(role => role.StandingAt(_desk.Now) == AssignmentStanding.InForce)];

    private static IEnumerable<AccessScope.OnePlan> ChildrensPlans(IEnumerable<Assignment> inForce) =>
        inForce.Where(role => role.Role == Role.Parent).Select(role => role.Scope).OfType<AccessScope.OnePlan>();

    private static bool HasList(IEnumerable<Assignment> inForce) =>
        inForce.Any(role => AccessTable.Find(Operation.ReadWhatNeedsMe)?.Rights.Any(right => right.Role == role.Role) is true);

    /// <summary>By name, as the person's pages list them.</summary>
    private static async Task<List<SchoolCard>> SchoolsAsync(IWork work, List<Assignment> inForce, CancellationToken cancellationToken)
    {
        var theirs = inForce.Select(role => PeopleOfSchool.SchoolOf(role.Scope)).ToHashSet();
        return [.. (await work.Schools.AllAsync(cancellationToken)).Select(kept => kept.Value).Where(school => theirs.Contains(school.Id) || theirs.Contains(null)).Take(StaffPeople.MostSchools)];
    }
}

/// <summary>What somebody could be reminded of, by their roles.</summary>
/// <param name="Needs">How many things need them, or wait for their answer.</param>
/// <param name="AsParent">As a parent alone.</param>
public sealed record RemindersOffered(bool Sessions, bool Needs, bool AsParent)
{
    public bool IsAnything => Sessions || Needs;
}
