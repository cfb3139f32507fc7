using NodaTime;

namespace AV1Relay.Api.Clock;

/// <summary>The relay's two clocks: a monotonic one that commands are timed by, and the wall's for windows.</summary>
public sealed class RelayClock(TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public TimeProvider Time => time;

    /// <summary>Since the relay started; never goes back.</summary>
    public TimeSpan Now => time.GetElapsedTime(_startedAt);

    /// <summary><see cref="Now"/> as the messages carry it: ms.</summary>
    public long NowMs => (long)Now.TotalMilliseconds;

    public Instant Wall => Instant.FromDateTimeOffset(time.GetUtcNow());

    public DateTimeOffset WallOffset => time.GetUtcNow();
}
