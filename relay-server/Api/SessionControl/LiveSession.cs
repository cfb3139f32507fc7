using System.Threading.Channels;
using AV1Relay.Api.Clock;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;

namespace AV1Relay.Api.SessionControl;

/// <summary>What the relay remembers of one session's control: its gate, and who watches.</summary>
internal sealed class LiveSession(RelayClock clock)
{
    internal const int MaxWatchers = 16;

    /// <summary>Less than all by far: however many observe, the pupil's page finds room.</summary>
    internal const int MaxObservers = 8;

    /// <summary>A page, the same page loaded anew, and one whose end has not been noticed yet.</summary>
    internal const int MaxOfOneIdentity = 3;

    private readonly Lock _lock = new();

    // Microseconds since 1970: above every number that an earlier run of the relay can have sent.
    private readonly CommandGate _gate = new((ulong)clock.WallOffset.ToUnixTimeMilliseconds() * 1_000);
    private readonly List<SessionWatcher> _watchers = [];

    public TimeSpan LastUsedAt { get; private set; } = clock.Now;

    public bool IsWatched
    {
        get
        {
            lock (_lock)
                return _watchers.Count > 0;
        }
    }

    /// <summary>Judges a command, and hands an accepted one over in the same breath, so that two never overtake each other.</summary>
    /// <param name="command">As the pupil sent it.</param>
    /// <param name="identity">Who sent it.</param>
    /// <param name="capabilities">What they may do at this moment.</param>
    /// <param name="forward">Gets the command with the robot's numbering; returns at once.</param>
    public CommandVerdict Judge(Command command, string identity, CapabilitySet capabilities, Action<Command> forward)
    {
        lock (_lock)
        {
            LastUsedAt = clock.Now;
            var controllerWatches = _watchers.Any(watcher => watcher.Identity == _gate.Controller);
            var verdict = _gate.Judge(command, identity, capabilities, controllerWatches, clock.Now);
            if (verdict is CommandVerdict.Accepted)
                forward(_gate.ForRobot(command));
            return verdict;
        }
    }

    /// <summary>Null when too many watch already: of this identity, of the observers, or altogether.</summary>
    public SessionWatcher? Watch(string identity, bool isObserver)
    {
        lock (_lock)
        {
            if (_watchers.Count >= MaxWatchers
                || _watchers.Count(watcher => watcher.Identity == identity) >= MaxOfOneIdentity
                || (isObserver && _watchers.Count(watcher => watcher.IsObserver) >= MaxObservers))
                return null;
            var watcher = new SessionWatcher(identity, isObserver);
            _watchers.Add(watcher);
            _gate.OnWatch(identity);
            return watcher;
        }
    }

    public void Unwatch(SessionWatcher watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            LastUsedAt = clock.Now;
        }
    }

    public void Wake()
    {
        lock (_lock)
            _watchers.ForEach(watcher => watcher.Wake());
    }

    public ulong ForController(ulong robotSequence)
    {
        lock (_lock)
            return _gate.ForController(robotSequence);
    }
}

/// <summary>One open stream of session state.</summary>
internal sealed class SessionWatcher(string identity, bool isObserver)
{
    // Holds one wake-up: the state is read afresh when it is taken.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public string Identity => identity;

    public bool IsObserver => isObserver;

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Comes back on a change, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: a heartbeat.
        }
    }
}
