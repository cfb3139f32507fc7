namespace AV1Relay.Domain.Audit;

/// <summary>What happens outside of people's queries and changes: at robots, in sessions, by the relay itself.</summary>
/// <remarks>People's own are in <see cref="AuditedOperations"/>. The names that the relay has written from the start stay as they are.</remarks>
public static class AuditSlugs
{
    /// <summary>Today's step was looked at by a pupil's code, before it was used: once for each code.</summary>
    public static AuditSlug SessionLookedAhead { get; } = new(AuditKind.Look, "session.looked-ahead");

    public static AuditSlug SessionJoined { get; } = new(AuditKind.Join, "session.joined");
    public static AuditSlug SessionRejoined { get; } = new(AuditKind.Join, "session.rejoined");
    /// <summary>By the pupil, on their own page. What they said is theirs, and no part of the entry.</summary>
    public static AuditSlug SessionLookedBackOn { get; } = new(AuditKind.Change, "session.looked-back-on", whyStaysWithRecord: true);

    public static AuditSlug SessionPaused { get; } = new(AuditKind.Pause, "session.paused");
    public static AuditSlug SessionResumed { get; } = new(AuditKind.Pause, "session.resumed");
    public static AuditSlug SessionLeft { get; } = new(AuditKind.End, "session.left");
    public static AuditSlug SessionTimeUp { get; } = new(AuditKind.End, "session.time-up");
    public static AuditSlug SessionLapsed { get; } = new(AuditKind.End, "session.lapsed");
    public static AuditSlug SessionMissed { get; } = new(AuditKind.End, "session.missed");
    public static AuditSlug SessionRobotReleased { get; } = new(AuditKind.End, "session.robot-released");
    public static AuditSlug SessionEndNear { get; } = new(AuditKind.Change, "session.end-near");

    public static AuditSlug SessionAgreedByPupil { get; } = new(AuditKind.Booking, "session.agreed-by-pupil", whyStaysWithRecord: true);
    public static AuditSlug SessionDeclinedByPupil { get; } = new(AuditKind.Booking, "session.declined-by-pupil", whyStaysWithRecord: true);

    /// <summary>On a page, signed in.</summary>
    public static AuditSlug SessionDeclinedByParent { get; } = new(AuditKind.Booking, "session.declined-by-parent", whyStaysWithRecord: true);

    /// <summary>What somebody had told staff, who wrote it down.</summary>
    public static AuditSlug SessionNoRecorded { get; } = new(AuditKind.Booking, "session.no-recorded", whyStaysWithRecord: true);

    /// <summary>A parent's no to a live session, which ended it.</summary>
    public static AuditSlug SessionEndedByParent { get; } = new(AuditKind.End, "session.ended-by-parent", whyStaysWithRecord: true);

    public static AuditSlug CommandRefused { get; } = new(AuditKind.Refusal, "command.refused");
    public static AuditSlug AccessRefused { get; } = new(AuditKind.Refusal, "access.refused");
    public static AuditSlug GrantRefused { get; } = new(AuditKind.Refusal, "grant.refused");
    public static AuditSlug GrantWithheld { get; } = new(AuditKind.Refusal, "grant.withheld");
    public static AuditSlug GrantGiven { get; } = new(AuditKind.PermissionChange, "grant.given");
    public static AuditSlug TokenIssued { get; } = new(AuditKind.PermissionChange, "token.issued");
    public static AuditSlug CodeMade { get; } = new(AuditKind.PermissionChange, "code.made");
    public static AuditSlug LinkMade { get; } = new(AuditKind.PermissionChange, "link.made");

    public static AuditSlug AccountInvited { get; } = new(AuditKind.PermissionChange, "account.invited");

    public static AuditSlug FeedMade { get; } = new(AuditKind.PermissionChange, "feed.made");
    public static AuditSlug FeedWithdrawn { get; } = new(AuditKind.PermissionChange, "feed.withdrawn");

    /// <summary>By themselves, for themselves.</summary>
    public static AuditSlug RemindersChosen { get; } = new(AuditKind.Change, "reminders.chosen");

    /// <summary>By themselves, or by the relay when their roles had ended.</summary>
    public static AuditSlug RemindersStopped { get; } = new(AuditKind.Change, "reminders.stopped");

    /// <summary>How many, and to nobody in particular.</summary>
    public static AuditSlug RemindersSent { get; } = new(AuditKind.Change, "reminders.sent");

    /// <summary>By its holder: with a new password, or bound to the school's own sign-in.</summary>
    public static AuditSlug AccountOpened { get; } = new(AuditKind.PermissionChange, "account.opened");

    public static AuditSlug AccountSecondStep { get; } = new(AuditKind.PermissionChange, "account.second-step");

    /// <summary>By its holder: how they sign in from now on.</summary>
    public static AuditSlug AccountChanged { get; } = new(AuditKind.PermissionChange, "account.changed");

    public static AuditSlug RobotEnrolled { get; } = new(AuditKind.Enrolment, "robot.enrolled");
    public static AuditSlug RobotRenewed { get; } = new(AuditKind.Enrolment, "robot.renewed");
    public static AuditSlug RobotRemoved { get; } = new(AuditKind.Enrolment, "robot.removed");
    public static AuditSlug DeviceBound { get; } = new(AuditKind.Enrolment, "device.bound");

    public static AuditSlug AccessRanOut { get; } = new(AuditKind.PermissionChange, "access.ran-out");
    public static AuditSlug RatingsSharingChanged { get; } = new(AuditKind.Change, "ratings.sharing-changed", whyStaysWithRecord: true);
    public static AuditSlug RetentionDeleted { get; } = new(AuditKind.Change, "retention.deleted");

    /// <summary>Entries were gone, or others stood in their place, when the next one was written.</summary>
    public static AuditSlug AuditGapFound { get; } = new(AuditKind.Change, "audit.gap-found");

    public static IReadOnlyList<AuditSlug> All { get; } =
    [
        SessionLookedAhead, SessionJoined, SessionRejoined, SessionLookedBackOn, SessionPaused, SessionResumed, SessionLeft, SessionTimeUp, SessionLapsed, SessionMissed,
        SessionRobotReleased, SessionEndNear,
        SessionAgreedByPupil, SessionDeclinedByPupil, SessionDeclinedByParent, SessionNoRecorded, SessionEndedByParent,
        CommandRefused, AccessRefused, GrantRefused, GrantWithheld, GrantGiven,
        TokenIssued, CodeMade, LinkMade, AccountInvited, AccountOpened, AccountSecondStep, AccountChanged, FeedMade, FeedWithdrawn,
        RemindersChosen, RemindersStopped, RemindersSent,
        RobotEnrolled, RobotRenewed, RobotRemoved, DeviceBound, AccessRanOut, RatingsSharingChanged,
        RetentionDeleted, AuditGapFound,
    ];
}
