using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using NodaTime.Text;

namespace AV1Relay.Application.Schedule;

/// <summary>What the audit keeps of a change of a session: state, time, robot, room. Nothing that anybody said.</summary>
internal static class SessionAudit
{
    public static AuditedValue[] Booked(ScheduledSession session) => Values(null, session);

    /// <summary>A repeat is one entry, about the plan, which names each session that came of it.</summary>
    public static AuditedValue[] Booked(IReadOnlyCollection<ScheduledSession> sessions) =>
        [AuditedValue.Written("sessions", null, string.Join(' ', sessions.Select(session => session.Id.ToString())))];

    public static AuditedValue[] Changed(ScheduledSession before, ScheduledSession after) => Values(before, after);

    /// <summary>What came of an answer that was written down, where that is not what its operation is called; null: it is.</summary>
    public static AuditSlug? SlugOf(ScheduledSession before, ScheduledSession after) => (before.History, after.History) switch
    {
        ({ End: null }, { End.By: EndedBy.Parent }) => AuditSlugs.SessionEndedByParent,
        ({ Declined: null }, { Declined: { Capacity: AgreementCapacity.Parent, Recorded: null } }) => AuditSlugs.SessionDeclinedByParent,
        ({ Declined: null }, { Declined: not null }) => AuditSlugs.SessionNoRecorded,
        _ => null,
    };

    private static AuditedValue[] Values(ScheduledSession? before, ScheduledSession after) =>
    [
        .. new (string Name, string? Before, string After)[]
        {
            ("state", before?.State.ToString(), after.State.ToString()),
            ("start", Start(before), Start(after)!), // there is one
            ("end", End(before), End(after)!),
            ("robot", before?.Booked.RobotName, after.Booked.RobotName),
            ("room", before?.Booked.Room.ToString(), after.Booked.Room.ToString()),
            ("carrier", before?.Booked.Carrier.ToString(), after.Booked.Carrier.ToString()),
            ("step", before?.Booked.Step.ToString(), after.Booked.Step.ToString()),
        }.Where(value => value.Before != value.After).Select(value => AuditedValue.Written(value.Name, value.Before, value.After)),
    ];

    private static string? Start(ScheduledSession? session) => session is null ? null : InstantPattern.ExtendedIso.Format(session.Window.Start);

    private static string? End(ScheduledSession? session) => session is null ? null : InstantPattern.ExtendedIso.Format(session.Window.End);
}
