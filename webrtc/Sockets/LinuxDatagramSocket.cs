using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static AV1Relay.WebRtc.Sockets.LinuxSystemCalls;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>recvmmsg and sendmmsg on a socket that the base library opened; ppoll on it and on an eventfd to wait.</summary>
internal sealed unsafe class LinuxDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly SafeFileHandle _wake = CreateEvent();
    private readonly AddressFamily _family;
    private readonly LinuxMessages _messages = new();
    private volatile bool _isDisposed;
    private long _receivedTruncated;
    private long _droppedKernelFull;
    private long _droppedUnsendable;

    internal LinuxDatagramSocket(Socket bound)
    {
        _socket = bound;
        _family = bound.AddressFamily;
        LocalEndPoint = (IPEndPoint)bound.LocalEndPoint!; // bound, so it has one
        bound.SetRawSocketOption(SocketLevel, TimestampNanoseconds, BitConverter.GetBytes(1));
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
        var received = Take(batch); // under load a datagram is there already, and the wait costs no system call
        if (received > 0 || timeout == TimeSpan.Zero || !WaitForDatagram(timeout)) return received;
        return Take(batch);
    }

    public int Send(DatagramBatch batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var count = _messages.PrepareSend(batch, _family);
        _droppedUnsendable += batch.Count - count;
        batch.Clear();

        var sent = 0;
        var next = 0;
        var hasRetried = false;
        while (next < count)
        {
            var taken = SendMessages(_socket.SafeHandle, _messages.Messages + next, (uint)(count - next), DontWait);
            if (taken > 0)
            {
                next += taken;
                sent += taken;
                hasRetried = false;
                continue;
            }

            switch ((Error)Marshal.GetLastPInvokeError())
            {
                case Error.Again or Error.NoBuffers:
                    _droppedKernelFull += count - next;
                    return sent;
                // A port unreachable that an earlier datagram caused is told here, and has nothing to do with this one.
                case Error.Interrupted or Error.ConnectionRefused when !hasRetried:
                    hasRetried = true;
                    break;
                default: // refused: too long, no route, forbidden. The others may still go.
                    _droppedUnsendable++;
                    next++;
                    hasRetried = false;
                    break;
            }
        }

        return sent;
    }

    public void Wake()
    {
        if (_isDisposed) return;
        var one = 1UL;
        try
        {
            _ = Write(_wake, &one, sizeof(ulong)); // fails only when 2^64 wakes are pending
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile; nobody waits any more.
        }
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        Wake();
        _isDisposed = true;
        _socket.Dispose();
        _wake.Dispose();
    }

    private int Take(DatagramBatch batch)
    {
        _messages.PrepareReceive(batch);
        var count = ReceiveMessages(_socket.SafeHandle, _messages.Messages, (uint)batch.Capacity, DontWait, null);
        if (count <= 0) return 0; // nothing there, or an ICMP error of an earlier datagram, which is gone by having been told
        _receivedTruncated += _messages.Collect(batch, count, _family);
        return batch.Count;
    }

    /// <returns>True when a datagram may be there.</returns>
    private bool WaitForDatagram(TimeSpan timeout)
    {
        var wait = new TimeSpec
        {
            Seconds = timeout.Ticks / TimeSpan.TicksPerSecond,
            Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * 100,
        };
        var socket = _socket.SafeHandle;
        var (isSocketHeld, isWakeHeld) = (false, false);
        try
        {
            // Held, so that closing from another thread can't hand their numbers to another file while we wait.
            socket.DangerousAddRef(ref isSocketHeld);
            _wake.DangerousAddRef(ref isWakeHeld);
            var descriptors = stackalloc PollDescriptor[2]
            {
                new PollDescriptor { Descriptor = (int)socket.DangerousGetHandle(), Events = PollIn },
                new PollDescriptor { Descriptor = (int)_wake.DangerousGetHandle(), Events = PollIn },
            };
            if (Poll(descriptors, 2, timeout < TimeSpan.Zero ? null : &wait, null) <= 0) return false;
            if (descriptors[1].Returned != 0)
            {
                ulong wakes;
                _ = Read(_wake, &wakes, sizeof(ulong));
            }

            return descriptors[0].Returned != 0 && !_isDisposed;
        }
        finally
        {
            if (isSocketHeld) socket.DangerousRelease();
            if (isWakeHeld) _wake.DangerousRelease();
        }
    }
}
