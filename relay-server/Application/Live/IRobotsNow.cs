using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Application.Live;

/// <summary>What the running relay knows of robots at this moment, and its way to pass a wish of staff's on to one. Whoever runs the links provides it.</summary>
/// <remarks>Thread-safe. It asks for no right: <see cref="StaffLive"/> has done so.</remarks>
public interface IRobotsNow
{
    /// <summary>Null while its link is down.</summary>
    RobotNow? Find(string robotName);

    /// <summary>Whether the pupil's device is connected.</summary>
    bool IsPupilIn(ScheduledSessionId session);

    /// <summary>Passes a wish on, and returns at once. The robot decides, and tells what has become of it in its state.</summary>
    /// <returns>Null: it is on its way.</returns>
    Refusal? Send(string robotName, ScheduledSessionId session, RobotWish wish);

    /// <summary>Waits a moment for the robot to tell a state of which this is true.</summary>
    /// <returns>Whether it has.</returns>
    Task<bool> WaitAsync(string robotName, Func<RobotNow, bool> isTrue, CancellationToken cancellationToken);
}

/// <summary>What staff in the room can wish of a robot.</summary>
public enum RobotWish
{
    DrawCurtain,
    LiftCurtain,

    /// <summary>The raised hand was seen: it goes down.</summary>
    HandSeen,
}
