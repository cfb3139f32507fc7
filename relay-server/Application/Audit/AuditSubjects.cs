using AV1Relay.Application.People;
using AV1Relay.Domain.Booking;
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

    /// <summary>Everything that is this school's and no other's. Of people, those who work or are parents here alone.</summary>
    public static async Task<HashSet<string>> OfSchoolAsync(IWork work, SchoolId school, LocalDate today, CancellationToken cancellationToken)
    {
        HashSet<string> subjects = [$"school {school}", $"plans of school {school}", $"pupils of school {school}"];
        foreach (var plan in await work.Plans.OutlinesOfSchoolAsync(school, int.MaxValue, cancellationToken)) subjects.UnionWith(OfPlan(plan.People.Plan));
        foreach (var pupil in await work.Schoolings.PupilsOfAsync(school, today, cancellationToken)) subjects.Add($"pupil {pupil}");
        foreach (var (session, robot) in await work.Sessions.NamesOfSchoolAsync(school, MostSessions, cancellationToken)) subjects.UnionWith(OfSession(session, robot));
        foreach (var robot in await work.StationedRobots.OfSchoolAsync(school, cancellationToken))
            subjects.UnionWith([robot.Value.RobotName, $"robot {robot.Value.RobotName}"]);
        foreach (var who in (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value.Who).Distinct())
        {
            if ((await work.Assignments.OfPersonAsync(who, cancellationToken)).All(role => PeopleOfSchool.SchoolOf(role.Scope) == school)) subjects.Add($"person {who}");
        }

        return subjects;
    }

    /// <summary>Everything on what has this id: of a pupil, their plans, sessions and holds too; of a plan, its sessions.</summary>
    public static async Task<HashSet<string>> AboutAsync(IWork work, Guid id, CancellationToken cancellationToken)
    {
        HashSet<string> subjects = [$"pupil {id}", $"person {id}", $"hold {id}", $"school {id}", .. OfPlan(new PlanId(id))];
        if (await work.Sessions.FindAsync(new ScheduledSessionId(id), cancellationToken) is { Value: var session }) Add(session);
        else subjects.UnionWith([$"{id}", $"session {id}"]);
        var plan = (await work.Plans.FindAsync(new PlanId(id), cancellationToken))?.Value;
        var pupil = plan?.Pupil ?? new PupilId(id);
        if (plan is null)
        {
            foreach (var theirs in await work.Plans.OfPupilAsync(pupil, cancellationToken)) subjects.UnionWith(OfPlan(theirs.Value.Id));
            foreach (var hold in await work.LegalHolds.AllAsync(cancellationToken))
            {
                if (hold.Value.Pupil == pupil) subjects.Add($"hold {hold.Value.Id}");
            }
        }

        foreach (var booked in await work.Sessions.OfPupilAsync(pupil, cancellationToken))
        {
            if (plan is null || booked.Value.Booked.Plan == plan.Id) Add(booked.Value);
        }

        return subjects;

        void Add(ScheduledSession of) => subjects.UnionWith(OfSession(of.Id, of.Booked.RobotName));
    }

    private static IEnumerable<string> OfPlan(PlanId plan) => [$"plan {plan}", $"sessions of plan {plan}"];

    /// <summary>People's doings, the relay's, and the grants of its robot.</summary>
    private static IEnumerable<string> OfSession(ScheduledSessionId session, string robot) => [$"session {session}", $"{session}", $"{session} {robot}"];
}
