using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Application.People;

/// <summary>At which school something is: whoever works at several is led to that one, not to the one that they looked at last.</summary>
/// <remarks>Null for what this person may not see, as for what is not there: nobody learns by this what there is.</remarks>
public sealed class StaffPlaces
{
    private readonly Desk _desk;

    internal StaffPlaces(Desk desk) => _desk = desk;

    public Task<SchoolId?> OfPlanAsync(Caller caller, PlanId id, CancellationToken cancellationToken) => FindAsync(
        caller,
        async work => await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan } ? AccessSubject.OfPlan(plan.School, id) : null,
        cancellationToken, Operation.ReadPlan, Operation.ReadRoles);

    public Task<SchoolId?> OfSessionAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken) => FindAsync(
        caller,
        async work => await work.Sessions.FindAsync(id, cancellationToken) is { Value.Booked: var booked } ? await work.SubjectOfAsync(booked, cancellationToken) : null,
        cancellationToken, Operation.ReadSession);

    public Task<SchoolId?> OfPupilAsync(Caller caller, PupilId id, CancellationToken cancellationToken) => FindAsync(
        caller,
        async work =>
        {
            if (await work.SchoolingAsync(id, cancellationToken) is not { Placements: [.., var last] } schooling
                || schooling.SchoolOn(await work.TodayAsync(last.School, _desk.Now, cancellationToken)) is not { } school) return null;
            var plan = (await work.Plans.OfPupilAsync(id, cancellationToken)).Select(kept => kept.Value).LastOrDefault(plan => plan.School == school);
            return AccessSubject.OfPlan(school, plan?.Id ?? default);
        },
        cancellationToken, Operation.ReadPupilCard);

    public Task<SchoolId?> OfRoleAsync(Caller caller, AssignmentId id, CancellationToken cancellationToken) => FindAsync(
        caller,
        async work => (await work.Assignments.FindAsync(id, cancellationToken))?.Value.Scope switch
        {
            AccessScope.OneSchool(var school) => AccessSubject.OfSchool(school),
            AccessScope.OnePlan(var school, var plan) => AccessSubject.OfPlan(school, plan),
            _ => null,
        },
        cancellationToken, Operation.ReadRoles);

    private async Task<SchoolId?> FindAsync(
        Caller caller, Func<IWork, Task<AccessSubject?>> find, CancellationToken cancellationToken, params Operation[] oneOf)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await _desk.PeekAsync(
            caller,
            async work =>
            {
                if (await find(work) is not { } about) return null;
                var mine = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                return oneOf.Any(operation => !AccessPolicy.Check(mine, operation, about, _desk.Now).IsRefused) ? about.School : null;
            },
            cancellationToken);
    }
}
