using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.Settings;

namespace AV1Relay.Application.Running;

/// <summary>What decides about a session beside itself, as it stands now and not as it stood when the session was booked.</summary>
/// <param name="Plan">Null: there is none any more.</param>
/// <param name="Device">The device that is in the session; before anybody is, the pupil's newest, so that the robot is ready when they come. Null: none.</param>
/// <param name="PupilsSchool">Where the pupil is on the session's day; null: nowhere, or nobody has entered it.</param>
/// <param name="Station">Where the booked robot belongs, and whether it works; null: nowhere.</param>
internal sealed record SessionFacts(PlanFacts? Plan, PupilDevice? Device, SchoolId? PupilsSchool, StationedRobot? Station)
{
    public static async Task<SessionFacts> ReadAsync(IWork work, ScheduledSession session, AuthoritySettings settings, CancellationToken cancellationToken) =>
        (await ReadAllAsync(work, [session], settings, cancellationToken))[session.Id];

    /// <summary>Of all these sessions, with as many questions to the database as of one.</summary>
    public static async Task<IReadOnlyDictionary<ScheduledSessionId, SessionFacts>> ReadAllAsync(
        IWork work, IReadOnlyCollection<ScheduledSession> sessions, AuthoritySettings settings, CancellationToken cancellationToken)
    {
        List<PupilId> pupils = [.. sessions.Select(session => session.Booked.Pupil).Distinct()];
        List<PlanId> planIds = [.. sessions.Select(session => session.Booked.Plan).Distinct()];
        List<string> robots = [.. sessions.Select(session => session.Booked.RobotName).Distinct()];
        List<string> joined = [.. sessions.Select(DeviceIn).OfType<string>().Distinct()];

        var plans = (await work.Plans.FindAllAsync(planIds, cancellationToken)).ToDictionary(kept => kept.Value.Id, kept => kept.Value);
        var arrangements = (await work.Arrangements.OfPupilsAsync(pupils, cancellationToken)).ToLookup(kept => kept.Value.Pupil, kept => kept.Value);
        var devices = (await work.Devices.FindAllAsync(joined, cancellationToken)).ToDictionary(kept => kept.Value.Id, kept => kept.Value);
        var ofPupils = (await work.Devices.OfPupilsAsync(pupils, cancellationToken)).ToLookup(kept => kept.Value.Pupil, kept => kept.Value);
        var schoolings = (await work.Schoolings.FindAllAsync(pupils, cancellationToken)).ToDictionary(kept => kept.Value.Pupil, kept => kept.Value);
        var stations = (await work.StationedRobots.FindAllAsync(robots, cancellationToken)).ToDictionary(kept => kept.Value.RobotName, kept => kept.Value);

        return sessions.ToDictionary(session => session.Id, session => new SessionFacts(
            plans.GetValueOrDefault(session.Booked.Plan) is { } plan ? PlanStanding.Of(plan, arrangements[plan.Pupil], settings) : null,
            DeviceIn(session) is { } id
                ? devices.GetValueOrDefault(id)
                : ofPupils[session.Booked.Pupil].Where(device => device.IsBound).MaxBy(device => device.Bound.At),
            schoolings.GetValueOrDefault(session.Booked.Pupil)?.SchoolOn(session.Booked.Slot.Date),
            stations.GetValueOrDefault(session.Booked.RobotName)));
    }

    private static string? DeviceIn(ScheduledSession session) => session.History.Joins.LastOrDefault()?.DeviceId;

    public override string ToString() => nameof(SessionFacts);
}
