using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What has happened to a session so far. Its state follows from this and from nothing else.</summary>
/// <param name="Proposed">Who booked it, or last moved it; the times before that are in the audit.</param>
public sealed record SessionHistory(Act Proposed)
{
    /// <summary>The pupil's and a parent's, one each at most.</summary>
    public ImmutableArray<Agreement> Agreements { get; init; } = [];

    public Placement? Placement { get; init; }

    /// <summary>Each device that the pupil came in with, in order.</summary>
    public ImmutableArray<DeviceJoin> Joins { get; init; } = [];

    public ImmutableArray<Pause> Pauses { get; init; } = [];

    public ImmutableArray<Extension> Extensions { get; init; } = [];

    /// <summary>When both sides were told that the end is near; forgotten when it is put off.</summary>
    public Instant? WarnedOfEndAt { get; init; }

    public SessionEnd? End { get; init; }

    public Reflection? Reflection { get; init; }

    public SaidNo? Declined { get; init; }

    public Act? Cancelled { get; init; }

    public Miss? Missed { get; init; }

    public override string ToString() => nameof(SessionHistory);
}

/// <summary>The robot was put in its place and checked.</summary>
/// <param name="By">Placed-by: who, and when.</param>
public sealed record Placement(Act By)
{
    public override string ToString() => nameof(Placement);
}

/// <param name="DeviceId">The pupil's device as the relay knows it.</param>
public sealed record DeviceJoin(string DeviceId, Instant At);

/// <summary>A time within a live session when it was not in full swing. No pause is a failure, and none ends a session.</summary>
/// <param name="Until">Null while it lasts.</param>
public sealed record Pause(PauseReason Reason, Instant From, Instant? Until = null);

public enum PauseReason
{
    /// <summary>The teacher drew the curtain.</summary>
    Curtain,

    /// <summary>The pupil needed a minute.</summary>
    NeedsAMinute,

    /// <summary>The switch on the robot that cuts the power of camera and speakerphone.</summary>
    PrivacySwitch,

    /// <summary>One side was without a network.</summary>
    NoNetwork,
}

/// <param name="More">How much later the session ends than it would have.</param>
public sealed record Extension(Duration More, Act By)
{
    public override string ToString() => nameof(Extension);
}

/// <param name="By">Null when time or the pupil ended it: neither owes a reason.</param>
public sealed record SessionEnd(Instant At, Ending How, Act? By = null)
{
    public override string ToString() => nameof(SessionEnd);
}

public enum Ending
{
    TimeIsUp,

    /// <summary>The pupil left when both sides knew that the end was near.</summary>
    PupilLeft,

    /// <summary>The pupil left before that. Never held against anyone (rule 2).</summary>
    PupilLeftEarly,

    StaffEnded,
}

/// <summary>Somebody looked back on the session, or skipped that. Ratings and words are the pupil's own and are not kept here.</summary>
/// <param name="Who">The id of the pupil or person, as text.</param>
public sealed record Reflection(string Who, Instant At)
{
    public override string ToString() => nameof(Reflection);
}

/// <summary>Somebody would rather not. Needs no reason.</summary>
/// <param name="Who">The id of the pupil or parent, as text.</param>
/// <param name="Words">What they said, where they wished to; may be empty.</param>
public sealed record SaidNo(string Who, AgreementCapacity Capacity, Instant At, AgreementManner Manner, string Words = "")
{
    public override string ToString() => nameof(SaidNo);
}

public sealed record Miss(Instant At, MissedBecause Why);

public enum MissedBecause
{
    /// <summary>Nobody said no, but not everybody who is asked said yes in time.</summary>
    NotAgreed,

    /// <summary>The robot was not in its place in time and was released.</summary>
    RobotNotPlaced,

    /// <summary>The robot was there, and the session did not come about.</summary>
    NotJoined,
}
