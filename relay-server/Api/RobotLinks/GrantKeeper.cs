using System.Collections.Frozen;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.Rooms;
using AV1Relay.Api.SessionControl;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using AV1Relay.Sfu;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Refusal = AV1Relay.Domain.Refusals.Refusal;

namespace AV1Relay.Api.RobotLinks;

/// <summary>Keeps each linked robot's grant as bindings and decisions say, whoever changed them, and ends sessions with their windows.</summary>
/// <remarks>
/// Looks whether the database has changed four times a second: other programs may change a plan or bind a robot while the relay runs.
/// What stands is a snapshot that is swapped; reconciling compares it with what each robot was told last, so that it can be
/// repeated at will. What is narrowed is narrowed at the relay first, and then at the robot.
/// </remarks>
internal sealed class GrantKeeper(
    ISessionBindings bindings,
    RunningSessions running,
    IRobotRegistry robots,
    RobotLinkTable links,
    IRooms rooms,
    ITokenIssuer tokens,
    SignedGrants signedGrants,
    IAuditLog audit,
    RelayEndpoints endpoints,
    RelayClock clock,
    RelayMetrics metrics,
    ILogger<GrantKeeper> logger) : BackgroundService
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile GrantSnapshot _snapshot = GrantSnapshot.Nothing;
    private long? _version; // of what was looked at last; null: look again
    private Instant _lookAgainAt; // by then time alone may have changed a decision
    private bool _looksAnew; // whatever version and time say
    private readonly NewFailures _failures = new();

    /// <summary>A session was granted, changed, withdrawn or has ended.</summary>
    public event Action<string>? SessionChanged;

    /// <summary>All that stands; as of the last look, at most 250 ms ago.</summary>
    public GrantSnapshot Snapshot => _snapshot;

    /// <summary>What stands for a session, in force or yet to be.</summary>
    public StandingGrant? Find(string session) => _snapshot.Find(session);

    /// <summary>Why nothing stands for a scheduled session; in words for a pupil.</summary>
    public Refusal WhyNot(string session) => _snapshot.Refused.GetValueOrDefault(session) ?? BearerRefusals.Over;

    /// <summary>Looks at once: somebody has come in, or gone, and waits for what follows from it.</summary>
    public Task LookNowAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _looksAnew, true);
        return LookAsync(cancellationToken);
    }

    /// <summary>Tells each linked robot what has changed for it.</summary>
    public void Reconcile()
    {
        lock (_lock)
        {
            var now = clock.Wall;
            foreach (var link in links.All)
                Reconcile(link, now);
        }
    }

    public override void Dispose()
    {
        _looking.Dispose();
        base.Dispose();
    }

    /// <summary>The first look comes before anybody can ask: nobody is told that a session is over because it was not looked at yet.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        rooms.Changed += TellRoom;
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
        finally
        {
            rooms.Changed -= TellRoom;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            var now = clock.Wall;
            var next = _snapshot;
            try
            {
                var newest = await bindings.ReadVersionAsync(cancellationToken);
                if (newest != _version || now >= _lookAgainAt || Interlocked.Exchange(ref _looksAnew, false))
                {
                    next = await ReadAsync(now, cancellationToken);
                    _version = newest;
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                _version = null; // tried again at the next look; robots keep their grants until their end
                RobotLinkLog.CanNotRead(logger, failure);
            }

            await ApplyAsync(next.At(now), now, cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<GrantSnapshot> ReadAsync(Instant now, CancellationToken cancellationToken)
    {
        // Decisions first: the number of a new one ends an ad-hoc binding of the same robot.
        var decisions = await running.DecideAsync(now, cancellationToken);
        _failures.Report(decisions.Failures, (session, failure) => RobotLinkLog.CanNotDecide(logger, failure, session));
        var standing = (await bindings.ListOpenAsync(now, cancellationToken)).Select(StandingGrant.Of).ToList();
        var refused = new Dictionary<string, Refusal>(StringComparer.Ordinal);
        foreach (var session in decisions.Sessions)
        {
            if (session.Outcome.TryGet(out var granted, out var refusals)) standing.Add(StandingGrant.Of(session, granted));
            else refused[session.Session.Value] = refusals[0];
        }

        var removed = await FindRemovedAsync(standing, cancellationToken);
        foreach (var link in links.All.Where(link => removed.Contains(link.RobotName)))
            link.Close();
        _lookAgainAt = decisions.LookAgainAt;
        return new GrantSnapshot([.. standing.Where(grant => !removed.Contains(grant.RobotName))], refused.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private async Task<HashSet<string>> FindRemovedAsync(IReadOnlyList<StandingGrant> standing, CancellationToken cancellationToken)
    {
        var named = standing.Select(grant => grant.RobotName).Concat(links.All.Select(link => link.RobotName)).ToHashSet(StringComparer.Ordinal);
        named.ExceptWith(await robots.WhoIsLetInAsync(named, cancellationToken));
        return named;
    }

    private async Task ApplyAsync(GrantSnapshot next, Instant now, CancellationToken cancellationToken)
    {
        var before = _snapshot;
        _snapshot = next; // before anybody is sent away, so that nobody comes back in by what stood

        foreach (var grant in next.Standing.Where(grant => !grant.IsAdHoc))
        {
            var earlier = before.Find(grant.Session);
            if (earlier?.Capabilities != grant.Capabilities)
                await rooms.LimitAsync(grant.Session, grant.Capabilities, cancellationToken);
            if (earlier?.PupilIdentity is { } device && device != grant.PupilIdentity)
                await rooms.SendAwayAsync(grant.Session, device, "The pupil has come in with another device.", cancellationToken);
        }

        // A session that goes on with another robot starts anew: closed first, so that the new one is not sent away.
        var ended = before.Standing.Where(grant => !next.GoesOn(grant)).ToList();
        foreach (var grant in ended)
            await rooms.CloseAsync(grant.Session, WhyEnded(grant, now), cancellationToken);

        Reconcile();
        ended.ForEach(grant => SessionChanged?.Invoke(grant.Session));
    }

    private void Reconcile(RobotConnection link, Instant now)
    {
        var wanted = _snapshot.OfRobot(link.RobotName, now);
        var current = link.Grant;
        if (current is not null && (ulong)(wanted?.FencingNumber ?? 0) != current.FencingNumber)
        {
            // A scheduled session that goes on has its grant replaced: withdrawn first, the robot would go dark in between.
            if (wanted is null or { IsAdHoc: true } || wanted.Session != current.Session) Withdraw(link, current, now);
            else link.Grant = null;
        }

        if (wanted is not null && link.Grant is null)
            Grant(link, wanted);
    }

    private void Withdraw(RobotConnection link, Grant current, Instant now)
    {
        var reason = current.AdHoc
            ? now >= Instant.FromUnixTimeMilliseconds(current.NotAfterUnixMs)
                ? "The session's time is over."
                : "The robot is needed elsewhere, or the session has ended."
            : WhyNot(current.Session).ToString();
        link.Grant = null;
        link.Outbox.Post(new RelayMessage
        {
            GrantWithdrawn = new GrantWithdrawn { Session = current.Session, Reason = reason },
            FencingNumber = current.FencingNumber,
        });
        metrics.GrantHandled("withdrawn");
        RobotLinkLog.Withdrawn(logger, link.RobotName, current.Session, current.FencingNumber, reason);
        SessionChanged?.Invoke(current.Session);
    }

    private void Grant(RobotConnection link, StandingGrant standing)
    {
        var fencingNumber = (ulong)standing.FencingNumber;
        if (link.RefusedFencingNumber == fencingNumber)
            return;
        if (standing.IsAdHoc && !link.Hello.AcceptsAdHocSessions)
        {
            link.RefusedFencingNumber = fencingNumber;
            metrics.GrantHandled("no_ad_hoc");
            RobotLinkLog.TakesNoAdHoc(logger, link.RobotName, standing.Session);
            _ = RecordAsync(link.RobotName, "grant.withheld", standing, "the robot takes no ad-hoc sessions");
            return;
        }

        // The token says where to publish, and no more: what may cross is the session's to say, and changes with it.
        var token = tokens.Issue(new SessionToken(
            standing.Session, SessionRole.Robot, $"robot:{link.RobotName}", null, CapabilitySet.Everything,
            standing.Window.Start.ToDateTimeOffset(), standing.MayLastUntil.ToDateTimeOffset(), standing.IsAdHoc, link.RobotName));
        var grant = signedGrants.Issue(standing, clock.Wall);
        grant.WhipUrl = $"{endpoints.Current.PageUrl}/whip/{standing.Session}";
        grant.WhipToken = token.Value;
        link.Grant = grant;
        link.Outbox.Post(new RelayMessage { Grant = grant, FencingNumber = fencingNumber });
        if (rooms.Find(standing.Session) is { } room)
            link.Outbox.Post(ToMessage(room, fencingNumber));
        metrics.GrantHandled("granted");
        RobotLinkLog.Granted(logger, link.RobotName, standing.Session, fencingNumber);
        var allows = standing.IsAdHoc ? "" : $" for {standing.Capabilities}";
        _ = RecordAsync(link.RobotName, "grant.given", standing, $"grant {fencingNumber}{allows} until {standing.Window.End}, token {token.Id}");
        SessionChanged?.Invoke(standing.Session);
    }

    private string WhyEnded(StandingGrant grant, Instant now) => grant switch
    {
        { IsAdHoc: false } when _snapshot.Refused.TryGetValue(grant.Session, out var refusal) => refusal.Reason,
        _ when grant.Window.HasEnded(now) => "The session's time is over.",
        { IsAdHoc: false } => "The session is over.",
        _ => "The session's robot was removed or replaced.",
    };

    private void TellRoom(RoomSnapshot room)
    {
        if (links.FindBySession(room.Session) is { Grant: { } grant } link)
            link.Outbox.Post(ToMessage(room, grant.FencingNumber));
        SessionChanged?.Invoke(room.Session);
    }

    private async Task RecordAsync(string robotName, string what, StandingGrant standing, string detail)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEntry(clock.Wall, "relay", what, $"{standing.Session} {robotName}", detail), CancellationToken.None);
        }
        catch (Exception failure) // a robot that serves matters more than the note of it, and the log has it too
        {
            RobotLinkLog.CanNotRead(logger, failure);
        }
    }

    private static RelayMessage ToMessage(RoomSnapshot room, ulong fencingNumber)
    {
        var state = new RoomState { PupilPresent = room.PupilPresent };
        state.Observers.AddRange(room.Observers);
        state.PupilVideoCodecs.AddRange(room.PupilVideoCodecs);
        return new RelayMessage { Room = state, FencingNumber = fencingNumber };
    }
}
