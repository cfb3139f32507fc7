using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AV1Relay.WebRtc.Ice;

/// <summary>One address at which a peer may be reached (RFC 8445 §5.3, RFC 8839 §5.1, RFC 6544 §4.5).</summary>
/// <param name="Foundation">1–32 ice-chars; equal for candidates whose checks are likely to fare alike.</param>
/// <param name="Component">1 for RTP and everything that is multiplexed with it; 2 is separate RTCP, which nothing here uses.</param>
/// <param name="Priority">1 to 2³¹ − 1; higher is better.</param>
/// <param name="Address">Address, port and protocol. Host names (also <c>.local</c>) don't parse: nothing here resolves names.</param>
/// <param name="RelatedAddress">For reflexive and relayed candidates the address behind them; browsers may hide it as 0.0.0.0:0.</param>
public sealed record IceCandidate(
    string Foundation,
    int Component,
    uint Priority,
    TransportAddress Address,
    IceCandidateType Type,
    IceTcpType TcpType = IceTcpType.None,
    TransportAddress? RelatedAddress = null)
{
    /// <summary>RFC 6544 §4.5: what an active TCP candidate has for a port.</summary>
    public const ushort ActiveTcpPort = 9;

    private const int MaxLength = 1_024; // characters of one line

    /// <summary>Where datagrams for this candidate leave: itself, or the host address behind a reflexive one (RFC 8445 §5.1.1).</summary>
    public TransportAddress Base
        => Type is IceCandidateType.ServerReflexive or IceCandidateType.PeerReflexive && RelatedAddress is { } related ? related : Address;

    /// <summary>A host candidate with priority and foundation by the book (RFC 8445 §5.1.2.1, §5.1.1.3).</summary>
    /// <param name="localPreference">0–65,535; higher is better, and each address of a host has its own.</param>
    public static IceCandidate Host(TransportAddress address, ushort localPreference = 65_535, IceTcpType tcpType = IceTcpType.None)
    {
        // RFC 6544 §4.2 puts TCP below UDP and folds the direction into the preference.
        var tcp = address.Protocol == TransportProtocol.Tcp;
        var typePreference = tcp ? 90u : 126u;
        uint preference = localPreference;
        if (tcp)
        {
            if (tcpType == IceTcpType.None) tcpType = IceTcpType.Passive;
            var direction = tcpType switch { IceTcpType.Active => 6u, IceTcpType.Passive => 4u, _ => 2u };
            preference = (direction << 13) | (preference >> 3);
        }

        return new IceCandidate(FoundationOf(address, tcpType), 1, (typePreference << 24) | (preference << 8) | 255, address, IceCandidateType.Host, tcpType);
    }

    /// <summary>Reads the value of <c>a=candidate:</c>, with or without "a=" and "candidate:" before it.</summary>
    /// <returns>False for malformed lines, host names and transports other than UDP and TCP. Unknown extensions are passed over.</returns>
    public static bool TryParse(string? line, [NotNullWhen(true)] out IceCandidate? candidate)
    {
        candidate = null;
        if (line is null || line.Length > MaxLength) return false;
        var text = line.AsSpan().Trim();
        if (text.StartsWith("a=")) text = text[2..];
        if (text.StartsWith("candidate:", StringComparison.OrdinalIgnoreCase)) text = text["candidate:".Length..];

        var tokens = new TokenReader(text);
        if (!tokens.TryNext(out var foundation) || foundation.Length is < 1 or > 32
            || !tokens.TryNext(out var componentText) || !TryNumber(componentText, 1, 256, out var component)
            || !tokens.TryNext(out var protocolText) || !TryProtocol(protocolText, out var protocol)
            || !tokens.TryNext(out var priorityText) || !TryNumber(priorityText, 0, uint.MaxValue, out var priority)
            || !tokens.TryNext(out var addressText)
            || !tokens.TryNext(out var portText) || !TryNumber(portText, 0, ushort.MaxValue, out var port)
            || !tokens.TryNext(out var typ) || !typ.SequenceEqual("typ")
            || !tokens.TryNext(out var typeText) || !TryType(typeText, out var type)
            || !IpText.TryParse(addressText, (ushort)port, protocol, out var address))
            return false;

        ReadOnlySpan<char> relatedAddress = default;
        uint relatedPort = 0;
        var tcpType = IceTcpType.None;
        while (tokens.TryNext(out var name) && tokens.TryNext(out var value))
        {
            if (name.SequenceEqual("raddr")) relatedAddress = value;
            else if (name.SequenceEqual("rport") && !TryNumber(value, 0, ushort.MaxValue, out relatedPort)) return false;
            else if (name.SequenceEqual("tcptype") && !TryTcpType(value, out tcpType)) return false;
        }

        if (protocol == TransportProtocol.Tcp && tcpType == IceTcpType.None) return false; // RFC 6544 §4.5 demands it
        if (protocol == TransportProtocol.Udp) tcpType = IceTcpType.None;
        TransportAddress? related = null;
        if (IpText.TryParse(relatedAddress, (ushort)relatedPort, protocol, out var parsed)) related = parsed;
        candidate = new IceCandidate(foundation.ToString(), (int)component, priority, address, type, tcpType, related);
        return true;
    }

    /// <summary>The form of RFC 8839 §5.1, "candidate:…", without "a=".</summary>
    public override string ToString()
    {
        var text = new StringBuilder("candidate:").Append(Foundation)
            .Append(CultureInfo.InvariantCulture, $" {Component} {(Address.Protocol == TransportProtocol.Tcp ? "tcp" : "udp")} {Priority} ")
            .Append(CultureInfo.InvariantCulture, $"{IpText.Format(Address)} {Address.Port} typ {Name(Type)}");
        if (RelatedAddress is { } related)
            text.Append(CultureInfo.InvariantCulture, $" raddr {IpText.Format(related)} rport {related.Port}");
        if (TcpType != IceTcpType.None) text.Append(" tcptype ").Append(Name(TcpType));
        return text.ToString();
    }

    private static string FoundationOf(TransportAddress address, IceTcpType tcpType)
    {
        // Same type, base address and protocol give the same foundation; FNV-1a keeps it the same from run to run.
        var hash = 2_166_136_261u;
        for (var shift = 120; shift >= 0; shift -= 8) hash = (hash ^ (byte)(address.Address >> shift)) * 16_777_619;
        hash = (hash ^ ((uint)address.Protocol << 4 | (uint)tcpType)) * 16_777_619;
        return hash.ToString(CultureInfo.InvariantCulture);
    }

    private static string Name(IceCandidateType type) => type switch
    {
        IceCandidateType.Host => "host",
        IceCandidateType.ServerReflexive => "srflx",
        IceCandidateType.PeerReflexive => "prflx",
        _ => "relay",
    };

    private static string Name(IceTcpType type) => type switch
    {
        IceTcpType.Active => "active",
        IceTcpType.Passive => "passive",
        _ => "so",
    };

    private static bool TryType(ReadOnlySpan<char> text, out IceCandidateType type)
    {
        (type, var known) = text switch
        {
            "host" => (IceCandidateType.Host, true),
            "srflx" => (IceCandidateType.ServerReflexive, true),
            "prflx" => (IceCandidateType.PeerReflexive, true),
            "relay" => (IceCandidateType.Relayed, true),
            _ => (default, false),
        };
        return known;
    }

    private static bool TryTcpType(ReadOnlySpan<char> text, out IceTcpType type)
    {
        type = text switch
        {
            "active" => IceTcpType.Active,
            "passive" => IceTcpType.Passive,
            "so" => IceTcpType.SimultaneousOpen,
            _ => IceTcpType.None,
        };
        return type != IceTcpType.None;
    }

    private static bool TryProtocol(ReadOnlySpan<char> text, out TransportProtocol protocol)
    {
        var tcp = text.Equals("tcp", StringComparison.OrdinalIgnoreCase);
        protocol = tcp ? TransportProtocol.Tcp : TransportProtocol.Udp;
        return tcp || text.Equals("udp", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, uint min, uint max, out uint value)
        => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;

    /// <summary>Walks over words that one or more spaces part.</summary>
    private ref struct TokenReader(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public bool TryNext(out ReadOnlySpan<char> token)
        {
            _rest = _rest.TrimStart(' ');
            var end = _rest.IndexOf(' ');
            token = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[end..];
            return !token.IsEmpty;
        }
    }
}
