using System.Collections.Immutable;
using AV1Relay.Api.Clock;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Rooms;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.SessionControl;

/// <summary>Writes into scheduled sessions what becomes of them as time passes, and what the relay sees hold them up.</summary>
/// <remarks>
/// Apart from <see cref="GrantKeeper"/>, so that no grant waits for a record. What holds a session up is noted when it was so at two looks in a
/// row: a page that is loaded anew is no pause, and however fast a network comes and goes, a session's record grows slowly.
/// </remarks>
internal sealed class SessionWitness(
    RunningSessions running, GrantKeeper grants, RobotLinkTable links, IRooms rooms, RelayClock clock, ILogger<SessionWitness> logger) : BackgroundService
{
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal); // of live sessions
    private readonly NewFailures _failures = new();
    private readonly NewFailures _unnoted = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock.Time);
        try
        {
            do
                await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The relay stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var passing = await running.OnTimeAsync(clock.Wall, cancellationToken);
            foreach (var passed in passing.Changed)
                WitnessLog.Passed(logger, passed.Session.Id.Value, passed.Session.State);
            _failures.Report(passing.Failures, (session, failure) => WitnessLog.CanNotPass(logger, failure, session));

            var live = grants.Snapshot.Standing.Where(grant => grant.IsLive).ToList();
            foreach (var gone in _seen.Keys.Except(live.Select(grant => grant.Session)).ToList())
                _seen.Remove(gone);
            List<SessionFailure> unnoted = [];
            foreach (var grant in live)
            {
                try
                {
                    await NoteAsync(grant, cancellationToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    unnoted.Add(new SessionFailure(IdOf(grant), failure)); // the others are noted
                }
            }

            _unnoted.Report(unnoted, (session, failure) => WitnessLog.CanNotNote(logger, failure, session));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            WitnessLog.CanNotKeep(logger, failure); // tried again at the next look: what time does is made up for
        }
    }

    private async Task NoteAsync(StandingGrant grant, CancellationToken cancellationToken)
    {
        var now = LookAt(grant);
        var before = _seen.GetValueOrDefault(grant.Session);
        var isSteady = before is not null && before.Newest.SequenceEqual(now);
        var noted = before?.Noted;
        if (isSteady && noted?.SequenceEqual(now) is not true)
        {
            await running.NoteAsync(IdOf(grant), now, clock.Wall, cancellationToken);
            noted = now;
        }

        _seen[grant.Session] = new Seen(now, noted);
    }

    private static ScheduledSessionId IdOf(StandingGrant grant) => new(Guid.ParseExact(grant.Session, "D")); // what is live is on the calendar

    /// <summary>In the order of their numbers.</summary>
    private ImmutableArray<PauseReason> LookAt(StandingGrant grant)
    {
        var link = links.FindBySession(grant.Session);
        var state = link?.State;
        var isConnected = link is not null && rooms.Find(grant.Session) is { PupilPresent: true };
        var held = ImmutableArray.CreateBuilder<PauseReason>();
        if (state?.CurtainDrawn is true) held.Add(PauseReason.Curtain);
        if (state?.NeedsAMinute is true) held.Add(PauseReason.NeedsAMinute);
        if (state?.PrivacySwitchOff is true) held.Add(PauseReason.PrivacySwitch);
        if (!isConnected) held.Add(PauseReason.NoNetwork);
        return held.DrainToImmutable();
    }

    /// <param name="Noted">What stands in the session's record; null: not known since the relay's start.</param>
    private sealed record Seen(ImmutableArray<PauseReason> Newest, ImmutableArray<PauseReason>? Noted);
}

internal static partial class WitnessLog
{
    [LoggerMessage(3501, LogLevel.Information, "Session {Session} is {State} as time passed")]
    public static partial void Passed(ILogger logger, Guid session, SessionState state);

    [LoggerMessage(3503, LogLevel.Error, "What time does to session {Session} could not be kept; it is tried again, and the others go on")]
    public static partial void CanNotPass(ILogger logger, Exception exception, Guid session);

    [LoggerMessage(3504, LogLevel.Error, "What holds session {Session} up could not be noted; it is tried again, and the others are noted")]
    public static partial void CanNotNote(ILogger logger, Exception exception, Guid session);

    [LoggerMessage(3502, LogLevel.Error, "What became of sessions could not be kept")]
    public static partial void CanNotKeep(ILogger logger, Exception exception);
}
