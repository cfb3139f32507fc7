using AV1Relay.Api.Limits;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;

namespace AV1Relay.Api.SessionControl;

/// <summary>Lets through what the pupil in control may ask for, in order and in time.</summary>
/// <remarks>
/// Sans-IO; <c>now</c> is the relay's monotonic clock. Not thread-safe: <see cref="LiveSession"/> guards it.
/// Towards the robot the sequence rises for as long as the relay runs and beyond, also when a page is loaded anew and counts
/// from the start: numbers are shifted by a base, and shifted back in what the robot reports.
/// </remarks>
internal sealed class CommandGate(ulong firstBase)
{
    internal static readonly TimeSpan StaleAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>A controller that has been silent for so long, with no stream open, gives way to another device.</summary>
    internal static readonly TimeSpan ControlHeldFor = TimeSpan.FromSeconds(10);

    /// <summary>What a page counts exactly; also keeps the robot's numbers from running over.</summary>
    internal const ulong MaxSequence = 1UL << 53;

    private const double PerSecond = 50;
    private const double Burst = 50;

    private readonly TokenBucket _bucket = new(PerSecond, Burst);
    private ulong _base = firstBase;
    private ulong _lastForwarded = firstBase;
    private ulong? _lastSequence;
    private string? _controller;
    private TimeSpan _controllerHeardAt;

    public CommandVerdict Judge(Command command, string identity, CapabilitySet capabilities, bool controllerWatches, TimeSpan now)
    {
        if (command.Sequence is 0 or > MaxSequence || !CommandRules.IsWellFormed(command))
            return CommandVerdict.Malformed;
        if (!capabilities.Has(CommandRules.Needs(command)))
            return CommandVerdict.OutsideStep;
        if (!TryTakeControl(identity, controllerWatches, now))
            return CommandVerdict.SomebodyElse;
        if (!_bucket.TryTake(now)) // charged to whoever is in control alone: nobody else can use it up
            return CommandVerdict.TooFast;

        var age = now.TotalMilliseconds - command.IssuedAtMs;
        if (Math.Abs(age) > StaleAfter.TotalMilliseconds)
            return CommandVerdict.Stale;
        if (_lastSequence is { } last && command.Sequence <= last)
            return CommandVerdict.OutOfOrder;
        _lastSequence = command.Sequence;
        _lastForwarded = _base + command.Sequence;
        return CommandVerdict.Accepted;
    }

    /// <summary>The same command as the robot gets it.</summary>
    public Command ForRobot(Command accepted)
    {
        var command = accepted.Clone();
        command.Sequence = _base + accepted.Sequence;
        return command;
    }

    /// <summary>The robot's last sequence in the numbers of whoever is in control; 0 before their first.</summary>
    public ulong ForController(ulong robotSequence) => robotSequence > _base ? robotSequence - _base : 0;

    /// <summary>A page (re)loaded: it may count from the start again.</summary>
    public void OnWatch(string identity)
    {
        if (identity == _controller)
            StartAnew();
    }

    /// <summary>Who is in control; null when nobody has been.</summary>
    public string? Controller => _controller;

    private bool TryTakeControl(string identity, bool controllerWatches, TimeSpan now)
    {
        if (_controller != identity)
        {
            if (_controller is not null && (controllerWatches || now - _controllerHeardAt < ControlHeldFor))
                return false;
            _controller = identity;
            StartAnew();
        }

        _controllerHeardAt = now;
        return true;
    }

    private void StartAnew()
    {
        _base = _lastForwarded;
        _lastSequence = null;
    }
}
