using AV1Relay.Protos.V1;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>One robot whose control link is up.</summary>
/// <remarks>Messages that were received are never changed afterwards: readers may keep them.</remarks>
internal sealed class RobotConnection(string robotName, RobotHello hello, CancellationTokenSource closing)
{
    private volatile RobotState? _state;
    private volatile Telemetry? _telemetry;
    private volatile Grant? _grant;
    private readonly Lock _lock = new();
    private ulong _lastWish;

    public string RobotName => robotName;

    public RobotHello Hello => hello;

    public RobotOutbox Outbox { get; } = new();

    /// <summary>Newest; null until the robot has told.</summary>
    public RobotState? State
    {
        get => _state;
        set => _state = value;
    }

    public Telemetry? Telemetry
    {
        get => _telemetry;
        set => _telemetry = value;
    }

    /// <summary>What was granted last and not withdrawn; written by <see cref="GrantKeeper"/> alone.</summary>
    public Grant? Grant
    {
        get => _grant;
        set => _grant = value;
    }

    /// <summary>A fencing number that this robot does not take part in, so that it is refused once, not four times a second.</summary>
    public ulong RefusedFencingNumber { get; set; }

    /// <summary>Numbers a wish of staff's: above all before it, of an earlier run of the relay too.</summary>
    /// <param name="wall">Now.</param>
    public ulong NextWish(Instant wall)
    {
        lock (_lock)
            return _lastWish = Math.Max(_lastWish + 1, (ulong)wall.ToUnixTimeMilliseconds() * 1_000);
    }

    /// <summary>Ends the stream; safe to repeat.</summary>
    public void Close()
    {
        try
        {
            closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stream has ended by itself.
        }
    }
}
