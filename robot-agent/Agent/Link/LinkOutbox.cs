using System.Diagnostics.CodeAnalysis;
using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Link;

/// <summary>What to say to the relay next, and when: state at once when it has changed and ten times a second while live, telemetry last.</summary>
/// <remarks>
/// Sans-I/O; not thread-safe, the link's writer owns it, and only <see cref="MarkChanged"/> and <see cref="Post"/> may be called from
/// elsewhere. States are made when they are sent, so that there is never an old one in a queue.
/// </remarks>
internal sealed class LinkOutbox(Func<RobotState> makeState, Func<Telemetry> makeTelemetry, Func<bool> isLive)
{
    public static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan TelemetryEvery = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LiveStateEvery = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan IdleStateEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastStateGap = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FirstPingsEvery = TimeSpan.FromMilliseconds(100);
    private const int FirstPings = 5; // a good estimate of the clocks before the first command
    private const int MaxRefusals = 32;

    private readonly Lock _gate = new();
    private readonly Queue<Refusal> _refusals = new();
    private bool _hasChanged;
    private int _pingsSent;
    private TimeSpan _pingAt;
    private TimeSpan _stateSentAt;
    private TimeSpan _telemetryAt;

    /// <summary>A new connection.</summary>
    public void Start(TimeSpan now)
    {
        lock (_gate)
        {
            _hasChanged = true;
            _refusals.Clear(); // of the earlier connection
        }

        _pingsSent = 0;
        _pingAt = now;
        _stateSentAt = now - IdleStateEvery;
        _telemetryAt = now + TelemetryEvery;
    }

    /// <summary>Thread-safe. The next state is due at once.</summary>
    public void MarkChanged()
    {
        lock (_gate)
        {
            _hasChanged = true;
        }
    }

    /// <summary>Thread-safe. When too many wait, the oldest goes.</summary>
    public void Post(Refusal refusal)
    {
        lock (_gate)
        {
            if (_refusals.Count == MaxRefusals) _refusals.Dequeue();
            _refusals.Enqueue(refusal);
        }
    }

    /// <summary>The next message that is due.</summary>
    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out RobotMessage? message)
    {
        if (now >= _pingAt)
        {
            _pingAt = now + (++_pingsSent < FirstPings ? FirstPingsEvery : PingEvery);
            message = new() { Ping = new() { RobotNowMs = (long)now.TotalMilliseconds } };
            return true;
        }

        if (now >= StateDue())
        {
            lock (_gate)
            {
                _hasChanged = false;
            }

            _stateSentAt = now;
            message = new() { State = makeState() };
            return true;
        }

        lock (_gate)
        {
            if (_refusals.TryDequeue(out var refusal))
            {
                message = new() { Refusal = refusal };
                return true;
            }
        }

        if (now >= _telemetryAt)
        {
            _telemetryAt = now + TelemetryEvery;
            message = new() { Telemetry = makeTelemetry() };
            return true;
        }

        message = null;
        return false;
    }

    /// <summary>When <see cref="TryTake"/> next has something, if nothing changes before.</summary>
    public TimeSpan NextDue()
    {
        lock (_gate)
        {
            if (_refusals.Count > 0) return TimeSpan.Zero;
        }

        return Min(Min(_pingAt, _telemetryAt), StateDue());
    }

    private TimeSpan StateDue()
    {
        bool hasChanged;
        lock (_gate)
        {
            hasChanged = _hasChanged;
        }

        return _stateSentAt + (hasChanged ? LeastStateGap : isLive() ? LiveStateEvery : IdleStateEvery);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
