using AV1Relay.Api.Limits;

namespace AV1Relay.Api.RobotLinks;

/// <summary>How much of one link is heard and told. Sans-IO; <c>now</c> is monotonic; one link's reader alone uses it.</summary>
internal sealed class LinkLimits
{
    /// <summary>Several times what a robot has to say.</summary>
    internal const int MessagesPerSecond = 100;

    /// <summary>After a rest.</summary>
    internal const int MessagesAtOnce = 200;

    internal const int WarningsPerMinute = 5;
    private readonly TokenBucket _messages = new(MessagesPerSecond, MessagesAtOnce);
    private readonly TokenBucket _warnings = new(WarningsPerMinute / 60.0, WarningsPerMinute);

    public bool MayBeHeard(TimeSpan now) => _messages.TryTake(now);

    public bool MayWarn(TimeSpan now) => _warnings.TryTake(now);
}
