using AV1Relay.Api.Clock;
using AV1Relay.Api.Rooms;
using AV1Relay.Application.Live;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using Refusal = AV1Relay.Domain.Refusals.Refusal;

namespace AV1Relay.Api.RobotLinks;

/// <summary>What staff's pages hear of robots, and their wishes to them.</summary>
internal sealed class RobotsNow(RobotLinkTable links, IRooms rooms, RelayClock clock) : IRobotsNow
{
    /// <summary>A robot on a good network answers within a tenth of it; whoever waits longer is told so.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public RobotNow? Find(string robotName) => links.Find(robotName) is { } link ? Describe(link) : null;

    public bool IsPupilIn(ScheduledSessionId session) => rooms.Find(session.ToString()) is { PupilPresent: true };

    public Refusal? Send(string robotName, ScheduledSessionId session, RobotWish wish)
    {
        if (links.Find(robotName) is not { } link) return LiveRefusals.RobotAway;
        if (link.Grant is not { } grant || grant.Session != session.ToString()) return LiveRefusals.NotOn;
        var message = ToMessage(wish, link.NextWish(clock.Wall), clock.NowMs);
        message.FencingNumber = grant.FencingNumber;
        link.Outbox.Post(message);
        return null;
    }

    public async Task<bool> WaitAsync(string robotName, Func<RobotNow, bool> isTrue, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnTold(RobotConnection link)
        {
            if (link.RobotName == robotName && isTrue(Describe(link))) told.TrySetResult();
        }

        links.StateChanged += OnTold;
        try
        {
            if (Find(robotName) is { } now && isTrue(now)) return true;
            await told.Task.WaitAsync(Patience, clock.Time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            links.StateChanged -= OnTold;
        }
    }

    private static RelayMessage ToMessage(RobotWish wish, ulong sequence, long nowMs) => wish is RobotWish.HandSeen
        ? new RelayMessage { HandSeen = new HandSeen { Sequence = sequence, IssuedAtMs = nowMs } }
        : new RelayMessage { CurtainWish = new CurtainWish { Sequence = sequence, IssuedAtMs = nowMs, Drawn = wish is RobotWish.DrawCurtain } };

    private static RobotNow Describe(RobotConnection link)
    {
        var state = link.State;
        return new RobotNow(
            link.Hello.AgentVersion, link.Grant?.Session, link.Telemetry?.BatteryPercent is >= 0 and <= 100 and var percent ? percent : null,
            state is { CameraLive: true } or { MicrophoneLive: true }, state?.CurtainDrawn is true, state?.CurtainAtRobot is true, state?.PrivacySwitchOff is true,
            state?.HandRaised is true, MoodOf(state?.Mood), state?.Passive is true, state?.NeedsAMinute is true, [.. state?.Faults ?? link.Hello.Faults])
        {
            TemperatureCelsius = link.Telemetry?.TemperatureCelsius is > 0 and < 150 and var degrees ? degrees : null,
            Volume = state?.Volume is >= 1 and <= 100 and var volume ? (int)volume : null,
            Voice = VoiceOf(state?.VoiceReach),
        };
    }

    private static PupilsVoice VoiceOf(VoiceReach? reach) => reach switch
    {
        VoiceReach.Clear => PupilsVoice.Clear,
        VoiceReach.Quiet => PupilsVoice.Quiet,
        VoiceReach.Lost => PupilsVoice.Lost,
        _ => PupilsVoice.Unknown,
    };

    private static PupilsMood MoodOf(Mood? mood) => mood switch
    {
        Mood.Happy => PupilsMood.Happy,
        Mood.Unsure => PupilsMood.Unsure,
        Mood.Sad => PupilsMood.Sad,
        _ => PupilsMood.Neutral,
    };
}
