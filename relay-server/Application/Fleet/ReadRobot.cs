using System.Collections.Immutable;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Application.Fleet;

/// <summary>A robot as who looks after it sees it.</summary>
/// <param name="Station">Null: it belongs to no school yet.</param>
/// <param name="Version">Of where it is stationed, to be given back with a change; 0 until it is.</param>
/// <param name="NextSession">When it is needed next, in the school's time: nothing of whose session it is. Null: nothing is booked.</param>
public sealed record ReadRobot(Robot Robot, StationedRobot? Station, long Version, LocalDateTime? NextSession);

/// <summary>By name.</summary>
public sealed record RobotList(ImmutableArray<ReadRobot> Robots);

/// <summary>What goes with every change of a robot.</summary>
/// <param name="Seen">The version that was on the person's page.</param>
/// <param name="Why">In the person's words; may be empty.</param>
public sealed record RobotChangeRequest(string Robot, long Seen, string Why = "")
{
    public override string ToString() => nameof(RobotChangeRequest);
}

/// <summary>New codes, each to be shown once.</summary>
public sealed record NewCodes(ImmutableArray<StoredEnrolmentCode> Codes)
{
    /// <remarks>They are secrets until they are used.</remarks>
    public override string ToString() => nameof(NewCodes);
}
