using System.Buffers.Binary;
using System.Net;

namespace AV1Relay.WebRtc;

/// <summary>How a datagram travels: plain UDP, or framed on a TCP connection (RFC 4571).</summary>
public enum TransportProtocol : byte
{
    Udp,
    Tcp,
}

/// <summary>One end of a path: address, port and protocol. A value, so that it can be a dictionary key without allocating.</summary>
/// <remarks>IPv4 is held as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so that the same peer has one form on a dual-stack socket.</remarks>
public readonly record struct TransportAddress(UInt128 Address, ushort Port, TransportProtocol Protocol = TransportProtocol.Udp)
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public bool IsIPv4 => Address >> 32 == MappedPrefix >> 32;

    /// <summary>The 32 bits of an IPv4 address, host order. Only meaningful when <see cref="IsIPv4"/>.</summary>
    public uint IPv4 => (uint)Address;

    public static TransportAddress FromIPv4(uint address, ushort port, TransportProtocol protocol = TransportProtocol.Udp)
        => new(MappedPrefix | address, port, protocol);

    public static TransportAddress From(IPEndPoint endpoint, TransportProtocol protocol = TransportProtocol.Udp)
    {
        Span<byte> bytes = stackalloc byte[16];
        endpoint.Address.MapToIPv6().TryWriteBytes(bytes, out _);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes), (ushort)endpoint.Port, protocol);
    }

    /// <summary>For set-up and logs; allocates.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        var address = new IPAddress(bytes);
        return new IPEndPoint(IsIPv4 ? address.MapToIPv4() : address, Port);
    }

    public override string ToString() => $"{(Protocol == TransportProtocol.Tcp ? "tcp:" : "")}{ToIPEndPoint()}";
}
