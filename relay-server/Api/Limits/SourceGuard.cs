using System.Net;
using AV1Relay.Api.Clock;

namespace AV1Relay.Api.Limits;

/// <summary><see cref="WrongTries"/> by network address, for requests on any thread. Addresses stay in memory only.</summary>
internal sealed class SourceGuard(RelayClock clock)
{
    /// <summary>Wrong tries before a pause.</summary>
    internal const int Tries = 5;

    internal static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private const int MaxSources = 10_000;
    private readonly Lock _lock = new();
    private readonly WrongTries _tries = new(Tries, FirstPause, MaxSources);

    public TimeSpan WaitFor(IPAddress? source)
    {
        lock (_lock)
            return _tries.WaitFor(SourceName.Of(source), clock.Now);
    }

    /// <inheritdoc cref="WrongTries.Charge"/>
    public TimeSpan Charge(IPAddress? source)
    {
        lock (_lock)
            return _tries.Charge(SourceName.Of(source), clock.Now);
    }

    /// <inheritdoc cref="WrongTries.Refund"/>
    public void Refund(IPAddress? source)
    {
        lock (_lock)
            _tries.Refund(SourceName.Of(source));
    }

    public void OnWrong(IPAddress? source)
    {
        lock (_lock)
            _tries.OnWrong(SourceName.Of(source), clock.Now);
    }

    public void OnRight(IPAddress? source)
    {
        lock (_lock)
            _tries.OnRight(SourceName.Of(source));
    }

    /// <inheritdoc cref="WrongTries.Pause"/>
    public void Pause(IPAddress? source)
    {
        lock (_lock)
            _tries.Pause(SourceName.Of(source), clock.Now);
    }
}
