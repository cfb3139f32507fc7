namespace AV1Relay.WebRtc.Rtp;

/// <summary>Serial arithmetic over RTP's 16-bit sequence numbers.</summary>
public static class SequenceNumbers
{
    /// <summary>Whether <paramref name="sequenceNumber"/> comes after <paramref name="other"/>, seen over a wrap.</summary>
    /// <remarks>Exactly half way round (2^15) is called newer in one direction only, so that two numbers never both come first.</remarks>
    public static bool IsNewer(ushort sequenceNumber, ushort other)
    {
        var distance = (ushort)(sequenceNumber - other);
        return distance == 0x8000 ? sequenceNumber > other : distance is > 0 and < 0x8000;
    }

    /// <summary>From <paramref name="from"/> to <paramref name="to"/> the short way round: -32768…32767.</summary>
    public static int Distance(ushort from, ushort to) => (short)(to - from);

    /// <summary>Counts on over wraps of a 16-bit number. A mutable struct: keep it in a field.</summary>
    public struct Unwrapper
    {
        private long _newest;
        private bool _hasStarted;

        /// <summary>The number without wraps. The first one stands for itself; one from before it may be negative.</summary>
        public long Unwrap(ushort sequenceNumber)
        {
            var unwrapped = Peek(sequenceNumber);
            if (!_hasStarted || unwrapped > _newest) _newest = unwrapped;
            _hasStarted = true;
            return unwrapped;
        }

        /// <summary>What <see cref="Unwrap"/> would say, without moving on.</summary>
        public readonly long Peek(ushort sequenceNumber)
            => _hasStarted ? _newest + (short)(sequenceNumber - (ushort)_newest) : sequenceNumber;
    }
}

/// <summary>Serial arithmetic over RTP's 32-bit timestamps.</summary>
public static class RtpTimestamps
{
    public static bool IsNewer(uint timestamp, uint other)
    {
        var distance = timestamp - other;
        return distance == 0x8000_0000 ? timestamp > other : distance is > 0 and < 0x8000_0000;
    }

    /// <summary>Counts on over wraps of a 32-bit timestamp. A mutable struct: keep it in a field.</summary>
    public struct Unwrapper
    {
        private long _newest;
        private bool _hasStarted;

        /// <inheritdoc cref="SequenceNumbers.Unwrapper.Unwrap"/>
        public long Unwrap(uint timestamp)
        {
            var unwrapped = _hasStarted ? _newest + (int)(timestamp - (uint)_newest) : timestamp;
            if (!_hasStarted || unwrapped > _newest) _newest = unwrapped;
            _hasStarted = true;
            return unwrapped;
        }
    }
}
