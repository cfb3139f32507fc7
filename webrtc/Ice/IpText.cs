using System.Buffers;
using System.Net;

namespace AV1Relay.WebRtc.Ice;

/// <summary>Addresses as SDP writes them: dotted IPv4 or IPv6 without brackets or zone.</summary>
internal static class IpText
{
    private static readonly SearchValues<char> IPv6Chars = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> IPv4Chars = SearchValues.Create("0123456789.");

    public static bool TryParse(ReadOnlySpan<char> text, ushort port, TransportProtocol protocol, out TransportAddress address)
    {
        address = default;
        // IPAddress.TryParse alone would also take "1", "0x7f.1", "[::1]" and zones.
        if (text.Length is < 2 or > 45) return false;
        var isAddress = text.Contains(':') ? !text.ContainsAnyExcept(IPv6Chars) : text.Count('.') == 3 && !text.ContainsAnyExcept(IPv4Chars);
        if (!isAddress) return false;
        if (!IPAddress.TryParse(text, out var ip)) return false;
        address = TransportAddress.From(new IPEndPoint(ip, port), protocol);
        return true;
    }

    public static string Format(TransportAddress address) => address.ToIPEndPoint().Address.ToString();
}
