using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Audit;

/// <summary>As what the audit names things of one school, or of one pupil.</summary>
internal static class AuditSubjects
{
    /// <summary>A school has that many in some decades; the latest are the ones that are asked about.</summary>
    private const int MostSessions = 20_000;

    /// <summary>Somebody's role, as it is given, looked at or ended: found by the person, by the plan, and by the school that it is of.</summary>
    public static string OfRole(PersonId who, AccessScope scope) => scope switch
    {
        AccessScope.OneSchool(var school) => OfPersonAt(who, school),
        AccessScope.OnePlan(_, var plan) => $"person {who} at plan {plan}",
        _ => $"person {who}",
    };

    /// <summary>Somebody as one school knows them: another school of theirs doesn't find it.</summary>
    public static string OfPersonAt(PersonId who, SchoolId school) => $"person {who} at school {school}";

    public static string OfRoom(RoomId room) => $"room {room}";

    /// <summary>
    /// Everything that is this school's and no other's. Of what concerns a person wherever they are (how they sign in), that of those who work or
    /// are parents here alone.
    /// </summary>
    public static async Task<HashSet<string>> OfSchoolAsync(IWork work, SchoolId school, LocalDate today, CancellationToken cancellationToken)
    {
        HashSet<string> subjects = [$"school {school}", $"plans of school {school}", $"pupils of school {school}"];
        foreach (var plan in await work.Plans.OutlinesOfSchoolAsync(school, int.MaxValue, cancellationToken)) subjects.UnionWith(OfPlan(plan.People.Plan));
        foreach (var pupil in await work.Schoolings.PupilsOfAsync(school, today, cancellationToken)) subjects.Add($"pupil {pupil}");
        foreach (var (session, robot) in await work.Sessions.NamesOfSchoolAsync(school, MostSessions, cancellationToken)) subjects.UnionWith(OfSession(session, robot));
        foreach (var robot in await work.StationedRobots.OfSchoolAsync(school, cancellationToken))
            subjects.UnionWith([robot.Value.RobotName, $"robot {robot.Value.RobotName}"]);
        subjects.UnionWith(((await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Rooms ?? []).Select(room => OfRoom(room.Id)));
        var roles = (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value).ToList();
        subjects.UnionWith(roles.Select(OfRoleOrRoom));
        foreach (var who in roles.Where(role => role.Scope is not AccessScope.RoomOnDay).Select(role => role.Who).Distinct())
        {
            subjects.Add(OfPersonAt(who, school));
            if ((await work.Assignments.OfPersonAsync(who, cancellationToken)).All(role => PeopleOfSchool.SchoolOf(role.Scope) == school)) subjects.Add($"person {who}");
        }

        return subjects;
    }

    /// <summary>
    /// Everything on what has this id: of a pupil, their plans and sessions too; of a plan, its sessions and roles; of a person, their roles.
    /// </summary>
    public static async Task<HashSet<string>> AboutAsync(IWork work, Guid id, CancellationToken cancellationToken)
    {
        HashSet<string> subjects = [$"pupil {id}", $"person {id}", $"hold {id}", $"school {id}", OfRoom(new RoomId(id))];
        foreach (var role in await work.Assignments.OfPersonAsync(new PersonId(id), cancellationToken))
        {
            subjects.Add(OfRole(role.Who, role.Scope));
            if (PeopleOfSchool.SchoolOf(role.Scope) is { } school) subjects.Add(OfPersonAt(role.Who, school));
        }

        await AddPlanAsync(new PlanId(id));
        if (await work.Sessions.FindAsync(new ScheduledSessionId(id), cancellationToken) is { Value: var session }) Add(session);
        else subjects.UnionWith([$"{id}", $"session {id}"]);
        var plan = (await work.Plans.FindAsync(new PlanId(id), cancellationToken))?.Value;
        var pupil = plan?.Pupil ?? new PupilId(id);
        if (plan is null)
        {
            foreach (var theirs in await work.Plans.OfPupilAsync(pupil, cancellationToken)) await AddPlanAsync(theirs.Value.Id);
        }

        foreach (var booked in await work.Sessions.OfPupilAsync(pupil, cancellationToken))
        {
            if (plan is null || booked.Value.Booked.Plan == plan.Id) Add(booked.Value);
        }

        return subjects;

        async Task AddPlanAsync(PlanId of)
        {
            subjects.UnionWith(OfPlan(of));
            foreach (var role in await work.Assignments.OfPlanAsync(of, cancellationToken)) subjects.Add(OfRole(role.Value.Who, role.Value.Scope));
        }

        void Add(ScheduledSession of) => subjects.UnionWith(OfSession(of.Id, of.Booked.RobotName));
    }

    /// <summary>A room link is a role too, and is filed under its room: one that has been taken out of the list since is found by it.</summary>
    private static string OfRoleOrRoom(Assignment role) =>
        role.Scope is AccessScope.RoomOnDay(_, var room, _) ? OfRoom(room) : OfRole(role.Who, role.Scope);

    private static IEnumerable<string> OfPlan(PlanId plan) => [$"plan {plan}", $"sessions of plan {plan}"];

    /// <summary>People's doings, the relay's, and the grants of its robot.</summary>
    private static IEnumerable<string> OfSession(ScheduledSessionId session, string robot) => [$"session {session}", $"{session}", $"{session} {robot}"];
}
