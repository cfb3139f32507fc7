using System.Net;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>A bound UDP socket that moves datagrams in batches.</summary>
/// <remarks>
/// One thread receives and sends; only <see cref="Wake"/> may be called from any other. Nothing is allocated per datagram.
/// </remarks>
public interface IDatagramSocket : IDisposable
{
    /// <summary>The bound address, its port filled in.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>What could not be delivered since the socket was opened.</summary>
    DatagramSocketStatistics Statistics { get; }

    /// <summary>Waits for datagrams, then takes as many as are there and fit; the batch's earlier content is gone.</summary>
    /// <param name="timeout">Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for a datagram or <see cref="Wake"/>.</param>
    /// <returns>Datagrams received; 0 after a time-out, a <see cref="Wake"/> or an interrupted wait.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    int Receive(DatagramBatch batch, TimeSpan timeout);

    /// <summary>Sends everything queued, in order, and empties the batch. Never waits: what the kernel can't take now is dropped and counted.</summary>
    /// <returns>Datagrams that the kernel took.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    int Send(DatagramBatch batch);

    /// <summary>Makes the current, or else the next, <see cref="Receive"/> that finds no datagram return at once. Harmless after closing.</summary>
    void Wake();
}

/// <param name="ReceivedTruncated">Datagrams longer than a slot, dropped.</param>
/// <param name="DroppedKernelFull">Not sent because the kernel's send buffer was full.</param>
/// <param name="DroppedUnsendable">Not sent because the kernel refused them: too long, no route, forbidden, or an address of the wrong family.</param>
public readonly record struct DatagramSocketStatistics(long ReceivedTruncated, long DroppedKernelFull, long DroppedUnsendable);
