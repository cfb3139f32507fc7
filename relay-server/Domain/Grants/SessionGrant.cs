using AV1Relay.Domain.Sessions;

namespace AV1Relay.Domain.Grants;

/// <summary>What relay and robot let one pupil's device do in one session. It says nothing about who the pupil is.</summary>
/// <param name="PupilDevice">The one device it is for, as the relay knows it.</param>
/// <param name="Capabilities">No more than the step and what was agreed to; enforced on the robot.</param>
/// <param name="Window">Outside it nothing is live.</param>
/// <param name="FencingNumber">Higher than that of every grant given for this robot before: an older one is refused.</param>
public sealed record SessionGrant(
    SessionId Session, string RobotName, string PupilDevice, CapabilitySet Capabilities, SessionWindow Window, long FencingNumber);
