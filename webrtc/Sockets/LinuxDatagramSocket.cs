using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static AV1Relay.WebRtc.Sockets.LinuxSystemCalls;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>recvmmsg and sendmmsg on a socket that the base library opened.</summary>
/// <remarks>
/// Waiting is the kernel's own: recvmmsg blocks for the first datagram, up to the socket's receive time-out. That is one system call a wake-up where
/// poll and receive would be two. To wake a waiting thread, the socket sends itself a <see cref="WakeToken"/>.
/// </remarks>
internal sealed unsafe class LinuxDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly WakeToken _wake;
    private readonly AddressFamily _family;
    private readonly LinuxMessages _incoming = new();
    private readonly LinuxMessages _outgoing = new();
    private readonly int _maxSegments;
    private volatile bool _isDisposed;
    private TimeSpan _receiveTimeout = TimeSpan.MinValue; // as the kernel was last told
    private long _receivedTruncated;
    private long _droppedKernelFull;
    private long _droppedUnsendable;

    /// <param name="bound">Blocking: sends say themselves that they don't wait.</param>
    /// <param name="maxSegments">Datagrams that one message may carry where the kernel can cut (see <see cref="DatagramRuns"/>); 1: never.</param>
    internal LinuxDatagramSocket(Socket bound, int maxSegments = DatagramRuns.MaxSegments)
    {
        _socket = bound;
        _family = bound.AddressFamily;
        LocalEndPoint = (IPEndPoint)bound.LocalEndPoint!; // bound, so it has one
        _wake = new WakeToken(bound, LocalEndPoint);
        AskForTimestamps(bound);
        _maxSegments = CanCut(bound) ? maxSegments : 1;
    }

    /// <summary>The layouts in <see cref="LinuxSystemCalls"/> are those of 64-bit, little-endian Linux.</summary>
    internal static bool IsSupported => OperatingSystem.IsLinux() && nint.Size == 8 && BitConverter.IsLittleEndian;

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>For whoever waits on several sockets at once.</summary>
    internal SafeHandle Handle => _socket.SafeHandle;

    public DatagramSocketStatistics Statistics => new(_receivedTruncated, _droppedKernelFull, _droppedUnsendable);

    public int Receive(DatagramBatch batch, TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        batch.Clear();
        if (_wake.TakePending()) timeout = TimeSpan.Zero;
        if (timeout == TimeSpan.Zero) return Take(batch, DontWait);
        SetReceiveTimeout(timeout);
        return Take(batch, WaitForOne);
    }

    public int Send(DatagramBatch batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var count = _outgoing.PrepareSend(batch, _family, _maxSegments, out var unsendable);
        _droppedUnsendable += unsendable;
        batch.Clear();

        var sent = 0;
        var next = 0;
        var hasRetried = false;
        while (next < count)
        {
            var taken = SendMessages(_socket.SafeHandle, _outgoing.Messages + next, (uint)(count - next), DontWait);
            if (taken > 0)
            {
                for (var i = 0; i < taken; i++) sent += _outgoing.Segments(next++);
                hasRetried = false;
                continue;
            }

            switch ((Error)Marshal.GetLastPInvokeError())
            {
                case Error.Again or Error.NoBuffers:
                    for (; next < count; next++) _droppedKernelFull += _outgoing.Segments(next);
                    return sent;
                // A port unreachable that an earlier datagram caused is told here, and has nothing to do with this one.
                case Error.Interrupted or Error.ConnectionRefused when !hasRetried:
                    hasRetried = true;
                    break;
                case Error.Input or Error.Invalid or Error.TooLong when _outgoing.Segments(next) > 1:
                    sent += SendSingly(next++); // this path can't cut: a tunnel, a small MTU
                    hasRetried = false;
                    break;
                default: // refused: too long, no route, forbidden. The others may still go.
                    _droppedUnsendable += _outgoing.Segments(next++);
                    hasRetried = false;
                    break;
            }
        }

        return sent;
    }

    private int SendSingly(int message)
    {
        var sent = 0;
        for (var i = 0; i < _outgoing.Segments(message); i++)
        {
            var single = _outgoing.Single(message, i);
            if (SendMessages(_socket.SafeHandle, &single, 1, DontWait) == 1) sent++;
            else if ((Error)Marshal.GetLastPInvokeError() is Error.Again or Error.NoBuffers) _droppedKernelFull++;
            else _droppedUnsendable++;
        }

        return sent;
    }

    /// <summary>Without them, which a sandbox or an emulator may not offer, datagrams have the stamp 0 and all else works.</summary>
    private static void AskForTimestamps(Socket socket)
    {
        try
        {
            socket.SetRawSocketOption(SocketLevel, TimestampNanoseconds, BitConverter.GetBytes(1));
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ProtocolOption)
        {
            // "Protocol not available": the kernel, or who stands in for it, does not know the option.
        }
    }

    /// <summary>Whether the kernel knows how to cut one message into datagrams.</summary>
    private static bool CanCut(Socket socket)
    {
        Span<byte> present = stackalloc byte[sizeof(int)];
        try
        {
            return socket.GetRawSocketOption(UdpLevel, UdpSegment, present) == sizeof(int);
        }
        catch (SocketException) // a kernel before 4.18
        {
            return false;
        }
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

    private int Take(DatagramBatch batch, int flags)
    {
        _incoming.PrepareReceive(batch);
        try
        {
            var count = ReceiveMessages(_socket.SafeHandle, _incoming.Messages, (uint)batch.Capacity, flags, null);
            if (count <= 0) return 0; // a time-out, or an ICMP error of an earlier datagram, which is gone by having been told
            _receivedTruncated += _incoming.Collect(batch, count, _family, _wake);
            return batch.Count;
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            return 0; // closed by another thread in between
        }
    }

    private void SetReceiveTimeout(TimeSpan timeout)
    {
        if (timeout == _receiveTimeout) return;
        _receiveTimeout = timeout;
        var wait = timeout < TimeSpan.Zero
            ? default // zero is for ever
            : new TimeValue { Seconds = timeout.Ticks / TimeSpan.TicksPerSecond, Microseconds = Math.Max(1, timeout.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond) };
        _socket.SetRawSocketOption(SocketLevel, ReceiveTimeout, new ReadOnlySpan<byte>(&wait, sizeof(TimeValue)));
    }
}
