using System.Net;
using System.Net.Sockets;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>One system call a datagram, through the base library's overloads that do not allocate.</summary>
/// <remarks>To wake a waiting thread, the socket sends itself a <see cref="WakeToken"/>.</remarks>
internal sealed class PortableDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly SocketAddress _receivedFrom;
    private readonly SocketAddress _sendTo;
    private readonly WakeToken _wake;
    private volatile bool _isDisposed;
    private long _receivedTruncated;
    private long _droppedKernelFull;
    private long _droppedUnsendable;

    internal PortableDatagramSocket(Socket bound)
    {
        _socket = bound;
        bound.Blocking = false;
        LocalEndPoint = (IPEndPoint)bound.LocalEndPoint!; // bound, so it has one
        _receivedFrom = new SocketAddress(bound.AddressFamily);
        _sendTo = new SocketAddress(bound.AddressFamily);
        _wake = new WakeToken(bound, LocalEndPoint);

        const int connectionResetOption = -1_744_830_452; // SIO_UDP_CONNRESET: port unreachable must not end the receiving
        if (OperatingSystem.IsWindows()) bound.IOControl(connectionResetOption, [0, 0, 0, 0], null);
    }

    public IPEndPoint LocalEndPoint { get; }

    public DatagramSocketStatistics Statistics => new(_receivedTruncated, _droppedKernelFull, _droppedUnsendable);

    public int Receive(DatagramBatch batch, TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        batch.Clear();
        if (_wake.TakePending()) timeout = TimeSpan.Zero;

        try
        {
            if (!_socket.Poll(timeout, SelectMode.SelectRead)) return 0;
            do
            {
                TakeOne(batch);
            }
            while (!batch.IsFull && _socket.Poll(0, SelectMode.SelectRead));
        }
        catch (Exception exception) when (_isDisposed && exception is ObjectDisposedException or SocketException)
        {
            // Closed while waiting.
        }

        return batch.Count;
    }

    public int Send(DatagramBatch batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var sent = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (!SocketNames.TryWrite(batch.Remote(i), _sendTo.Family, _sendTo.Buffer.Span) || !TrySend(batch.Datagram(i), out var isFull))
            {
                _droppedUnsendable++;
                continue;
            }

            if (isFull)
            {
                _droppedKernelFull += batch.Count - i;
                break;
            }

            sent++;
        }

        batch.Clear();
        return sent;
    }

    public void Wake()
    {
        if (!_isDisposed) _wake.Send();
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        Wake();
        _isDisposed = true;
        _socket.Dispose();
    }

    private void TakeOne(DatagramBatch batch)
    {
        try
        {
            var stride = batch.Stride(batch.Count);
            var length = _socket.ReceiveFrom(stride, SocketFlags.None, _receivedFrom);
            if (length > DatagramBatch.SlotLength)
            {
                _receivedTruncated++;
            }
            else if (!_wake.Is(stride[..length]))
            {
                batch.Append(length, SocketNames.Read(_receivedFrom.Buffer.Span, _receivedFrom.Family), timestampNanos: 0);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.MessageSize)
        {
            _receivedTruncated++; // how Windows says it
        }
        catch (SocketException exception) when (exception.SocketErrorCode
            is SocketError.WouldBlock or SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.Interrupted)
        {
            // Nothing after all (a bad checksum), or an ICMP error of an earlier datagram.
        }
    }

    /// <returns>False when this datagram can't be sent, whatever comes after it.</returns>
    private bool TrySend(ReadOnlySpan<byte> datagram, out bool isFull)
    {
        isFull = false;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                _socket.SendTo(datagram, SocketFlags.None, _sendTo);
                return true;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                isFull = true;
                return true;
            }
            catch (SocketException exception) when (exception.SocketErrorCode
                is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.Interrupted)
            {
                // An ICMP error of an earlier datagram; told once.
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return false;
    }
}
