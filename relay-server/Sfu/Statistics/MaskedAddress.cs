using System.Net;
using AV1Relay.WebRtc;

namespace AV1Relay.Sfu.Statistics;

/// <summary>A peer's address without the part that leads to one home: the first 24 bits of IPv4, the first 48 of IPv6.</summary>
internal static class MaskedAddress
{
    private const int KeptOfIPv4 = 24;
    private const int KeptOfIPv6 = 48; // what one subscriber of a provider may get at most (RFC 6177)

    public static string Of(in TransportAddress address)
    {
        var kept = address.IsIPv4 ? KeptOfIPv4 : KeptOfIPv6;
        var dropped = address.IsIPv4 ? 32 - kept : 128 - kept;
        var network = new TransportAddress(address.Address >> dropped << dropped, 0);
        return new IPNetwork(network.ToIPEndPoint().Address, kept).ToString();
    }
}
