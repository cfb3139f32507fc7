using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Running;

/// <summary>What the audit says of a running session, which no person has changed.</summary>
internal static class RunningAudit
{
    /// <summary>Who did what time brings about, or what the relay saw.</summary>
    public const string Relay = "relay";

    /// <summary>Who came by a pupil's code.</summary>
    public const string Link = "link";

    public static AuditEntry Entry(string who, AuditSlug what, ScheduledSession before, ScheduledSession after, Instant at, params AuditedValue[] more) =>
        new AuditChange(what, $"session {after.Id}", new Act(RelayItself.Who, at), [.. SessionAudit.Changed(before, after), .. more]).ToEntry() with { Who = who };

    /// <summary>What has become of a session by itself.</summary>
    public static AuditSlug OfTime(ScheduledSession after) => after.History switch
    {
        { Missed.Why: MissedBecause.RobotNotPlaced } => AuditSlugs.SessionRobotReleased,
        { Missed: not null } => AuditSlugs.SessionMissed,
        { End.By: EndedBy.Lapse } => AuditSlugs.SessionLapsed,
        { End: not null } => AuditSlugs.SessionTimeUp,
        _ => AuditSlugs.SessionEndNear,
    };
}
