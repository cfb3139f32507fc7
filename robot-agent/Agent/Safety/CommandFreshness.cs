using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Drops what comes late or twice: the newest wins, and each command expires.</summary>
/// <remarks>Sans-I/O.</remarks>
internal sealed class CommandFreshness(RelayClock clock)
{
    /// <summary>Older than this by the relay's clock: dropped.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMilliseconds(500);

    /// <summary>The newest command seen; 0 before the first.</summary>
    public ulong LastSequence { get; private set; }

    public ulong Stale { get; private set; }

    public ulong OutOfOrder { get; private set; }

    /// <summary>A new controller counts from anywhere.</summary>
    public void Reset() => LastSequence = 0;

    /// <returns>Null when it is fresh and newer than all before; otherwise why it is dropped, in words. Counts what it drops.</returns>
    public string? Check(Command command, TimeSpan now) => Check(command.Sequence, command.IssuedAtMs, now);

    /// <inheritdoc cref="Check(Command, TimeSpan)"/>
    /// <param name="issuedAtMs">By the relay's clock.</param>
    public string? Check(ulong sequence, long issuedAtMs, TimeSpan now)
    {
        // A time stamp in the future would keep a command fresh for as long as somebody likes.
        if (clock.ReadsMs(now) is not { } relayNowMs || Math.Abs(relayNowMs - issuedAtMs) > GoodFor.TotalMilliseconds)
        {
            Stale++;
            return "The command came too late.";
        }

        if (sequence <= LastSequence)
        {
            OutOfOrder++;
            return "A newer command has already come.";
        }

        LastSequence = sequence;
        return null;
    }
}
