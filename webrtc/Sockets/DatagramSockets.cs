using System.Net;
using System.Net.Sockets;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Opens UDP sockets.</summary>
public static class DatagramSockets
{
    /// <summary>Asked for in both directions. The kernel may grant less (Linux: <c>net.core.rmem_max</c>).</summary>
    public const int DefaultBufferBytes = 4 << 20;

    /// <summary>Binds by the fastest way that this system has.</summary>
    /// <param name="endpoint">
    /// An IPv4 address binds IPv4 only; an IPv6 address binds IPv6, and <c>[::]</c> both. Port 0 takes a free one.
    /// </param>
    /// <exception cref="SocketException">The address is not ours, or the port is taken.</exception>
    public static IDatagramSocket Bind(IPEndPoint endpoint, int receiveBufferBytes = DefaultBufferBytes)
        => LinuxDatagramSocket.IsSupported
            ? new LinuxDatagramSocket(Open(endpoint, receiveBufferBytes))
            : BindPortable(endpoint, receiveBufferBytes);

    /// <summary>As <see cref="Bind"/>, but every datagram takes its own way through the network stack, as it does where most clients live.</summary>
    internal static IDatagramSocket BindUncut(IPEndPoint endpoint, int receiveBufferBytes = DefaultBufferBytes)
        => new LinuxDatagramSocket(Open(endpoint, receiveBufferBytes), maxSegments: 1);

    /// <summary>Binds through the base library alone: any system, more work for each datagram, no kernel time stamps.</summary>
    /// <inheritdoc cref="Bind"/>
    public static IDatagramSocket BindPortable(IPEndPoint endpoint, int receiveBufferBytes = DefaultBufferBytes)
        => new PortableDatagramSocket(Open(endpoint, receiveBufferBytes));

    private static Socket Open(IPEndPoint endpoint, int receiveBufferBytes)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = endpoint.Address.Equals(IPAddress.IPv6Any);
            socket.ReceiveBufferSize = receiveBufferBytes;
            socket.SendBufferSize = DefaultBufferBytes;
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
