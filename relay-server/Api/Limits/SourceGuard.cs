using System.Net;
using System.Net.Sockets;
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
            return _tries.WaitFor(NameOf(source), clock.Now);
    }

    /// <inheritdoc cref="WrongTries.Charge"/>
    public TimeSpan Charge(IPAddress? source)
    {
        lock (_lock)
            return _tries.Charge(NameOf(source), clock.Now);
    }

    /// <inheritdoc cref="WrongTries.Refund"/>
    public void Refund(IPAddress? source)
    {
        lock (_lock)
            _tries.Refund(NameOf(source));
    }

    public void OnWrong(IPAddress? source)
    {
        lock (_lock)
            _tries.OnWrong(NameOf(source), clock.Now);
    }

    public void OnRight(IPAddress? source)
    {
        lock (_lock)
            _tries.OnRight(NameOf(source));
    }

    /// <summary>Whoever has IPv6 gets up to 2^16 networks of 2^64 addresses (RFC 6177): they are one source.</summary>
    private static string NameOf(IPAddress? source)
    {
        if (source is null)
            return "unknown";
        if (source.IsIPv4MappedToIPv6)
            source = source.MapToIPv4();
        return source.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(source.GetAddressBytes().AsSpan(0, 6))
            : source.ToString();
    }
}
