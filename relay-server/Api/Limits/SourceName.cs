using System.Net;
using System.Net.Sockets;

namespace AV1Relay.Api.Limits;

/// <summary>What counts as one source to a limit.</summary>
public static class SourceName
{
    /// <summary>An address; of IPv6 its /48, since whoever has IPv6 gets up to 2^16 networks of 2^64 addresses (RFC 6177).</summary>
    public static string Of(IPAddress? source)
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
