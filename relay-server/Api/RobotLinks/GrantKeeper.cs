using AV1Relay.Api.Clock;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.Rooms;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using AV1Relay.Sfu;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>Keeps each linked robot's grant as the bindings say, whoever wrote them, and ends sessions with their windows.</summary>
/// <remarks>
/// Looks whether the database has changed four times a second: the command line may bind a robot while the relay runs.
/// The list is a snapshot that is swapped; reconciling compares it with what each robot was told last, so that it can be
/// repeated at will.
/// </remarks>
internal sealed class GrantKeeper(
    ISessionBindings bindings,
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
    private volatile IReadOnlyList<SessionBinding> _open = [];

    /// <summary>A session was granted, withdrawn or has ended.</summary>
    public event Action<string>? SessionChanged;

    /// <summary>The binding of a session that is in force or will be; as of the last look, at most 250 ms ago.</summary>
    public SessionBinding? Find(string session)
    {
        foreach (var binding in _open)
        {
            if (binding.Session == session)
                return binding;
        }

        return null;
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        rooms.Changed += TellRoom;
        using var timer = new PeriodicTimer(Period, clock.Time);
        try
        {
            long? version = null;
            do
            {
                version = await LookAsync(version, stoppingToken);
            }
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

    private async Task<long?> LookAsync(long? version, CancellationToken cancellationToken)
    {
        try
        {
            var newest = await bindings.ReadVersionAsync(cancellationToken);
            var before = _open;
            var now = clock.Wall;
            if (newest != version)
            {
                var open = await bindings.ListOpenAsync(now, cancellationToken);
                var removed = await FindRemovedAsync(open, cancellationToken);
                _open = [.. open.Where(binding => !removed.Contains(binding.RobotName))];
                foreach (var link in links.All.Where(link => removed.Contains(link.RobotName)))
                    link.Close();
            }
            else if (before.Any(binding => binding.Window.HasEnded(now)))
                _open = [.. before.Where(binding => !binding.Window.HasEnded(now))];

            // A session that goes on with another robot starts anew: closed first, so that the new one is not sent away.
            var ended = before.Where(binding => !_open.Any(open => open.Session == binding.Session && open.RobotName == binding.RobotName)).ToList();
            foreach (var binding in ended)
            {
                var reason = binding.Window.HasEnded(now) ? "The session's time is over." : "The session's robot was removed or replaced.";
                await rooms.CloseAsync(binding.Session, reason, cancellationToken);
            }

            Reconcile();
            ended.ForEach(binding => SessionChanged?.Invoke(binding.Session));

            return newest;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            RobotLinkLog.CanNotRead(logger, failure); // tried again at the next look; robots keep their grants until their end
            return null;
        }
    }

    private async Task<HashSet<string>> FindRemovedAsync(IReadOnlyList<SessionBinding> open, CancellationToken cancellationToken)
    {
        var removed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in open.Select(binding => binding.RobotName).Concat(links.All.Select(link => link.RobotName)).Distinct())
        {
            if (await robots.FindAsync(name, cancellationToken) is null or { IsRemoved: true })
                removed.Add(name);
        }

        return removed;
    }

    private void Reconcile(RobotConnection link, Instant now)
    {
        var wanted = _open.LastOrDefault(binding => binding.RobotName == link.RobotName && binding.Window.Contains(now));
        var current = link.Grant;
        if (current is not null && (ulong)(wanted?.FencingNumber ?? 0) != current.FencingNumber)
        {
            var reason = now >= Instant.FromUnixTimeMilliseconds(current.NotAfterUnixMs)
                ? "The session's time is over."
                : "The robot is needed elsewhere, or the session has ended.";
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

        if (wanted is not null && link.Grant is null)
            Grant(link, wanted);
    }

    private void Grant(RobotConnection link, SessionBinding binding)
    {
        var fencingNumber = (ulong)binding.FencingNumber;
        if (link.RefusedFencingNumber == fencingNumber)
            return;
        if (!link.Hello.AcceptsAdHocSessions)
        {
            link.RefusedFencingNumber = fencingNumber;
            metrics.GrantHandled("no_ad_hoc");
            RobotLinkLog.TakesNoAdHoc(logger, link.RobotName, binding.Session);
            _ = RecordAsync(link.RobotName, "grant.withheld", binding, "the robot takes no ad-hoc sessions");
            return;
        }

        var window = binding.Window;
        var token = tokens.Issue(new SessionToken(
            binding.Session, SessionRole.Robot, $"robot:{link.RobotName}", null, CapabilitySet.Everything,
            window.Start.ToDateTimeOffset(), window.End.ToDateTimeOffset(), IsAdHoc: true, link.RobotName));
        var grant = signedGrants.Issue(binding, CapabilitySet.Everything, pupilDevice: null, isAdHoc: true, clock.Wall);
        grant.WhipUrl = $"{endpoints.Current.PageUrl}/whip/{binding.Session}";
        grant.WhipToken = token.Value;
        link.Grant = grant;
        link.Outbox.Post(new RelayMessage { Grant = grant, FencingNumber = fencingNumber });
        if (rooms.Find(binding.Session) is { } room)
            link.Outbox.Post(ToMessage(room, fencingNumber));
        metrics.GrantHandled("granted");
        RobotLinkLog.Granted(logger, link.RobotName, binding.Session, fencingNumber);
        _ = RecordAsync(link.RobotName, "grant.given", binding, $"grant {fencingNumber} until {window.End}, token {token.Id}");
        SessionChanged?.Invoke(binding.Session);
    }

    private void TellRoom(RoomSnapshot room)
    {
        if (links.FindBySession(room.Session) is { Grant: { } grant } link)
            link.Outbox.Post(ToMessage(room, grant.FencingNumber));
        SessionChanged?.Invoke(room.Session);
    }

    private async Task RecordAsync(string robotName, string what, SessionBinding binding, string detail)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEntry(clock.Wall, "relay", what, $"{binding.Session} {robotName}", detail), CancellationToken.None);
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
