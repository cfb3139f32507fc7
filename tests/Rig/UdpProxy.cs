using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AV1Relay.Tests.Rig;

/// <summary>A loopback hop between the relay and its peers that can be cut: what arrives while cut is lost, as on a dead network.</summary>
public sealed class UdpProxy : IAsyncDisposable
{
    private const int MaxPeers = 256;
    private readonly Socket _front = Bound();
    private readonly IPEndPoint _relay;
    private readonly ConcurrentDictionary<EndPoint, Socket> _peers = new();
    private readonly ConcurrentBag<Socket> _forgotten = []; // what still comes there is lost
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _loops = [];

    /// <param name="relayPort">Where the relay really listens, on loopback.</param>
    public UdpProxy(int relayPort)
    {
        _relay = new IPEndPoint(IPAddress.Loopback, relayPort);
        _loops.Add(ForwardToRelayAsync());
    }

    /// <summary>What the relay should advertise.</summary>
    public int Port => ((IPEndPoint)_front.LocalEndPoint!).Port;

    public bool IsCut { get; set; }

    /// <summary>Gives every peer another address towards the relay, as a router does that has lost its table. Nobody is told.</summary>
    public void ForgetAddresses()
    {
        foreach (var peer in _peers.Keys)
        {
            if (_peers.TryRemove(peer, out var socket)) _forgotten.Add(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops);
        _front.Dispose();
        foreach (var socket in _peers.Values.Concat(_forgotten)) socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ForwardToRelayAsync()
    {
        var buffer = new byte[2_048];
        while (await ReceiveAsync(_front, buffer) is { } datagram)
        {
            if (!_peers.TryGetValue(datagram.RemoteEndPoint, out var toRelay))
            {
                if (_peers.Count >= MaxPeers) continue;
                toRelay = _peers[datagram.RemoteEndPoint] = Bound();
                _loops.Add(ForwardToPeerAsync(toRelay, datagram.RemoteEndPoint));
            }

            if (!IsCut) await toRelay.SendToAsync(buffer.AsMemory(0, datagram.ReceivedBytes), _relay);
        }
    }

    private async Task ForwardToPeerAsync(Socket fromRelay, EndPoint peer)
    {
        var buffer = new byte[2_048];
        while (await ReceiveAsync(fromRelay, buffer) is { } datagram)
        {
            if (!IsCut && _peers.GetValueOrDefault(peer) == fromRelay) await _front.SendToAsync(buffer.AsMemory(0, datagram.ReceivedBytes), peer);
        }
    }

    private async Task<SocketReceiveFromResult?> ReceiveAsync(Socket socket, byte[] buffer)
    {
        while (true)
        {
            try
            {
                return await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
            }
            catch (SocketException)
            {
                // A port that closed on the other side (ICMP): nothing to forward, go on listening.
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
