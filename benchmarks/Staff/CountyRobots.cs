using AV1Relay.Application.Live;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>The county's robots as a running relay would know them: switched on and charged, each tenth off, none in a session.</summary>
internal sealed class CountyRobots : IRobotsNow
{
    private static readonly RobotNow On = new("1.0.0", Session: null, 80, false, false, false, false, false, PupilsMood.Neutral, false, false, []);

    public RobotNow? Find(string robotName) => robotName.EndsWith('0') ? null : On;

    public bool IsPupilIn(ScheduledSessionId session) => false;

    public Refusal? Send(string robotName, ScheduledSessionId session, RobotWish wish) => null;

    public Task<bool> WaitAsync(string robotName, Func<RobotNow, bool> isTrue, CancellationToken cancellationToken) => Task.FromResult(false);
}
