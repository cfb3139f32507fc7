using System.Buffers.Binary;
using System.Net.Sockets;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Reads and writes the system's form of an address: struct sockaddr_in and sockaddr_in6.</summary>
/// <remarks>
/// The family field, whose form differs between systems, is the caller's; the rest is the same on Linux, Windows and macOS. Scope ids are
/// not kept: link-local IPv6 addresses can't be answered.
/// </remarks>
internal static class SocketNames
{
    internal const int IPv4Length = 16;
    internal const int IPv6Length = 28;

    internal static TransportAddress Read(ReadOnlySpan<byte> name, AddressFamily family)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
        return family == AddressFamily.InterNetworkV6
            ? new TransportAddress(BinaryPrimitives.ReadUInt128BigEndian(name[8..]), port)
            : TransportAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(name[4..]), port);
    }

    /// <returns>False when a socket of this family can't reach the address, or when the port is 0.</returns>
    internal static bool TryWrite(in TransportAddress address, AddressFamily family, Span<byte> name)
    {
        if (address.Port == 0 || address.Protocol != TransportProtocol.Udp) return false;
        if (family == AddressFamily.InterNetworkV6)
        {
            name[4..IPv6Length].Clear(); // flow information and scope
            BinaryPrimitives.WriteUInt128BigEndian(name[8..], address.Address);
        }
        else
        {
            if (!address.IsIPv4) return false;
            name[4..IPv4Length].Clear();
            BinaryPrimitives.WriteUInt32BigEndian(name[4..], address.IPv4);
        }

        BinaryPrimitives.WriteUInt16BigEndian(name[2..], address.Port);
        return true;
    }
}
