using AV1Relay.Application.Live;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Tests.Unit.Application.Live;

/// <summary>One robot that does at once what it is asked for, as a real one decides it.</summary>
internal sealed class PlayedRobots : IRobotsNow
{
    public RobotNow? Robot { get; set; }

    /// <summary>It is asked, and nothing comes of it.</summary>
    public bool IsStuck { get; set; }

    public List<RobotWish> Asked { get; } = [];

    public static RobotNow Serving(ScheduledSessionId session) =>
        new("1.0.0", session.ToString(), 80, IsLive: true, false, false, false, false, PupilsMood.Neutral, false, false, []);

    public RobotNow? Find(string robotName) => Robot;

    public bool IsPupilIn(ScheduledSessionId session) => Robot?.Session == session.ToString();

    public Refusal? Send(string robotName, ScheduledSessionId session, RobotWish wish)
    {
        Asked.Add(wish);
        if (Robot is null || IsStuck) return null;
        Robot = wish switch
        {
            RobotWish.DrawCurtain => Robot with { IsCurtainDrawn = true },
            RobotWish.LiftCurtain => Robot with { IsCurtainDrawn = Robot.IsCurtainAtRobot },
            _ => Robot with { IsHandRaised = false },
        };
        return null;
    }

    public Task<bool> WaitAsync(string robotName, Func<RobotNow, bool> isTrue, CancellationToken cancellationToken) =>
        Task.FromResult(Robot is not null && isTrue(Robot));
}
