namespace AV1Relay.Domain.Audit;

/// <summary>What domain rule 11 asks to be recorded.</summary>
public enum AuditKind
{
    /// <summary>Somebody looked at a plan or at what belongs to it; an export is a look too.</summary>
    Look,

    Change,

    /// <summary>A session is proposed, agreed to, moved or called off.</summary>
    Booking,

    Join,

    /// <summary>Something was asked for and refused, by the robot, the relay or the policy.</summary>
    Refusal,

    /// <summary>The curtain, a minute's quiet, a lost network.</summary>
    Pause,

    End,

    /// <summary>A robot or a device comes or goes.</summary>
    Enrolment,

    /// <summary>Somebody gets or loses a right; a code, a link and a grant are rights too.</summary>
    PermissionChange,
}
