using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Wakes the thread that waits on a socket: the socket sends itself a datagram that only it knows, and never delivers it.</summary>
internal sealed class WakeToken(Socket socket, IPEndPoint bound)
{
    private readonly SocketAddress _self = ReachableSelf(bound).Serialize();
    private readonly byte[] _token = RandomNumberGenerator.GetBytes(32);
    private int _isPending;

    /// <summary>From any thread; harmless after closing. One token at most is on its way.</summary>
    public void Send()
    {
        if (Interlocked.Exchange(ref _isPending, 1) == 1) return;
        try
        {
            socket.SendTo(_token, SocketFlags.None, _self);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A full buffer means that datagrams are there, which end the wait as well; a closed socket has nobody waiting.
        }
    }

    /// <summary>Whether a wake was asked for since the last time: then the next wait is not to begin, even if the token itself got lost.</summary>
    public bool TakePending() => Volatile.Read(ref _isPending) == 1 && Interlocked.Exchange(ref _isPending, 0) == 1;

    /// <summary>Whether a received datagram is the token; then it has done its work.</summary>
    public bool Is(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length != _token.Length || !datagram.SequenceEqual(_token)) return false;
        Interlocked.Exchange(ref _isPending, 0);
        return true;
    }

    private static IPEndPoint ReachableSelf(IPEndPoint bound)
        => bound.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, bound.Port)
            : bound.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, bound.Port)
            : bound;
}
