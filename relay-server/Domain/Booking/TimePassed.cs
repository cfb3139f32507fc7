using System.Collections.Immutable;

namespace AV1Relay.Domain.Booking;

/// <param name="Session">What has become of it.</param>
/// <param name="Notices">Whom to tell of it, once.</param>
public sealed record TimePassed(ScheduledSession Session, ImmutableArray<SessionNotice> Notices);

public sealed record SessionNotice(NoticeKind Kind, Audience To);

public enum NoticeKind
{
    NotAgreedInTime,

    /// <summary>The robot was not in its place in time; it is free for others.</summary>
    RobotReleased,

    NotJoined,
    EndIsNear,
    Ended,
}

public enum Audience
{
    Pupil,

    /// <summary>The teacher, and the robot itself.</summary>
    Classroom,

    KeyAdult,
    Carrier,
}
