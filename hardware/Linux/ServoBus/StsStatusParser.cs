namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>Finds servos' answers in what comes from the line, noise or not.</summary>
/// <remarks>Sans-I/O. It keeps no more than <see cref="Capacity"/> bytes, and never waits for a packet longer than any we ask for.
/// Something that looked like a packet and was none is left byte by byte, so that a good one behind or inside it is found.</remarks>
internal sealed class StsStatusParser
{
    /// <summary>Room for the echo of a request, its answer, and as much noise again.</summary>
    public const int Capacity = 4 * StsFrame.MaxLength;

    private const byte Header = 0xFF;

    private readonly byte[] _buffer = new byte[Capacity];
    private int _start;
    private int _end;

    /// <summary>Bytes since <see cref="Clear"/> that belonged to no packet.</summary>
    public int NoiseBytes { get; private set; }

    /// <summary>Takes what has come. When there is no room the oldest bytes are noise: no packet of ours is so long.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Capacity)
        {
            Skip(_end - _start);
            NoiseBytes += bytes.Length - Capacity;
            bytes = bytes[^Capacity..];
        }

        Skip(Math.Max(0, _end - _start + bytes.Length - Capacity));
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next whole packet with a right checksum.</summary>
    /// <returns>False: more bytes are needed.</returns>
    public bool TryRead(out StsStatus status)
    {
        status = default;
        while (TryFindHeader())
        {
            var pending = _buffer.AsSpan(_start.._end);
            if (pending.Length < 4) return false;
            var (id, length) = (pending[2], pending[3]);
            if (id > StsFrame.Broadcast || length < 2 || length > StsFrame.MaxParameters + 2)
            {
                Skip(1);
                continue;
            }

            var whole = length + 4;
            if (pending.Length < whole) return false;
            if (StsFrame.Checksum(pending[2..(whole - 1)]) != pending[whole - 1])
            {
                Skip(1);
                continue;
            }

            status = new(id, (StsErrors)pending[4], pending[5..(whole - 1)]);
            _start += whole;
            return true;
        }

        return false;
    }

    /// <summary>The line has fallen silent: a packet that has begun is none. What is behind its first byte can be looked at anew.</summary>
    /// <returns>False: there is nothing left to look at.</returns>
    public bool OnSilence()
    {
        Skip(Math.Min(1, _end - _start));
        return _end > _start;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_start, _end, NoiseBytes) = (0, 0, 0);

    private bool TryFindHeader()
    {
        while (_end - _start >= 2)
        {
            if (_buffer[_start] == Header && _buffer[_start + 1] == Header) return true;
            Skip(1);
        }

        return false;
    }

    private void Skip(int count)
    {
        _start += count;
        NoiseBytes += count;
    }
}
