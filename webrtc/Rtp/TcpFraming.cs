using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Datagrams on a TCP connection, each behind its length in two bytes: RFC 4571 §2. The writing side.</summary>
public static class TcpFraming
{
    public const int HeaderLength = 2;

    /// <returns>Bytes written; -1 when the destination is too short, or the datagram longer than 65,535 bytes.</returns>
    public static int Write(ReadOnlySpan<byte> datagram, Span<byte> destination)
    {
        if (datagram.Length > ushort.MaxValue || destination.Length < HeaderLength + datagram.Length) return -1;
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)datagram.Length);
        datagram.CopyTo(destination[HeaderLength..]);
        return HeaderLength + datagram.Length;
    }
}

/// <summary>Takes a TCP byte stream in pieces of any size and gives back the datagrams in it.</summary>
/// <remarks>
/// Sans-I/O: receive into <see cref="Free"/>, call <see cref="Advance"/>, then <see cref="TryTake"/> until it returns false. Frames longer than
/// the limit are passed over as they come, not stored; the stream stays in step. Empty frames are passed over too.
/// </remarks>
/// <param name="maxDatagramBytes">1–65,535.</param>
public sealed class TcpFrameReader(int maxDatagramBytes = 2_048)
{
    private readonly byte[] _buffer = new byte[2 * (TcpFraming.HeaderLength + Math.Clamp(maxDatagramBytes, 1, ushort.MaxValue))];
    private readonly int _maxDatagram = Math.Clamp(maxDatagramBytes, 1, ushort.MaxValue);
    private int _start;
    private int _end;
    private int _toSkip;

    /// <summary>Frames passed over because they were too long.</summary>
    public long Oversize { get; private set; }

    /// <summary>Where received bytes go; never empty once <see cref="TryTake"/> has returned false. Ends the life of the last datagram.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            return _buffer.AsSpan(_end);
        }
    }

    /// <param name="count">Bytes that were received into <see cref="Free"/>.</param>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _end), nameof(count));
        _end += count;
    }

    /// <param name="datagram">Valid until <see cref="Free"/> is asked for.</param>
    public bool TryTake(out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        while (true)
        {
            var skipped = Math.Min(_toSkip, _end - _start);
            _toSkip -= skipped;
            _start += skipped;
            if (_end - _start < TcpFraming.HeaderLength) return false;

            var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
            if (length > _maxDatagram)
            {
                Oversize++;
                _start += TcpFraming.HeaderLength;
                _toSkip = length;
                continue;
            }

            if (_end - _start < TcpFraming.HeaderLength + length) return false;
            datagram = _buffer.AsSpan(_start + TcpFraming.HeaderLength, length);
            _start += TcpFraming.HeaderLength + length;
            if (length > 0) return true;
        }
    }
}
