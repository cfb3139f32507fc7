using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What has happened to a session so far. Its state follows from this and from nothing else.</summary>
/// <param name="Proposed">Who booked it, or last moved it; the times before that are in the audit.</param>
/// <param name="Agreements">The pupil's and a parent's, one each at most.</param>
/// <param name="Joins">Each device that the pupil came in with, in order.</param>
/// <param name="WarnedOfEndAt">When both sides were told that the end is near; forgotten when it is put off.</param>
/// <param name="Reflections">The pupil's and those of staff, as they came: a later one by the same side corrects the earlier, which stays.</param>
public sealed record SessionHistory(
    Act Proposed,
    ImmutableArray<Agreement> Agreements = default,
    RobotPlacement? Placement = null,
    ImmutableArray<DeviceJoin> Joins = default,
    ImmutableArray<Pause> Pauses = default,
    ImmutableArray<Extension> Extensions = default,
    Instant? WarnedOfEndAt = null,
    SessionEnd? End = null,
    ImmutableArray<Reflection> Reflections = default,
    SaidNo? Declined = null,
    Act? Cancelled = null,
    Miss? Missed = null)
{
    public ImmutableArray<Agreement> Agreements { get; init => field = OrNone(value); } = OrNone(Agreements);

    public ImmutableArray<DeviceJoin> Joins { get; init => field = OrNone(value); } = OrNone(Joins);

    public ImmutableArray<Pause> Pauses { get; init => field = OrNone(value); } = OrNone(Pauses);

    public ImmutableArray<Extension> Extensions { get; init => field = OrNone(value); } = OrNone(Extensions);

    public ImmutableArray<Reflection> Reflections { get; init => field = OrNone(value); } = OrNone(Reflections);

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;

    public override string ToString() => nameof(SessionHistory);
}

/// <summary>The robot was put in its place and checked.</summary>
/// <param name="By">Placed-by: who, and when.</param>
public sealed record RobotPlacement(Act By)
{
    public override string ToString() => nameof(RobotPlacement);
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

public sealed record SessionEnd(Instant At, EndedBy By)
{
    public override string ToString() => nameof(SessionEnd);
}

/// <summary>Somebody would rather not. Needs no reason.</summary>
/// <param name="Who">The id of the pupil or parent, as text.</param>
/// <param name="Words">What they said, where they wished to; may be empty.</param>
/// <param name="Recorded">Who wrote it down for them, when and why; null: they said so themselves, here.</param>
public sealed record SaidNo(
    string Who, AgreementCapacity Capacity, Instant At, AgreementManner Manner, string Words = "", Act? Recorded = null)
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
