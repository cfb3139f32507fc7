using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>What became of each number of one source on one link.</summary>
internal sealed class SentStream(uint ssrc)
{
    private const byte Offered = 1;
    private const byte Missed = 2;

    private readonly List<byte> _fates = [];
    private SequenceNumbers.Unwrapper _unwrapper;
    private bool _hasStarted;

    public uint Ssrc => ssrc;

    /// <summary>The first number that was sent.</summary>
    public long First { get; private set; }

    /// <summary>Behind the highest.</summary>
    public long End => First + _fates.Count;

    public bool WasOffered(long number) => (FateOf(number) & Offered) != 0;

    /// <summary>The link lost it, or who received it could not accept it.</summary>
    public bool WasMissed(long number) => (FateOf(number) & Missed) != 0;

    /// <summary>The number without wraps, on the same count as the others here.</summary>
    public long Unwrap(ushort sequenceNumber) => _unwrapper.Peek(sequenceNumber);

    /// <returns>False when it was sent before.</returns>
    public bool TryOffer(ushort sequenceNumber)
    {
        var number = _unwrapper.Unwrap(sequenceNumber);
        if (!_hasStarted)
        {
            _hasStarted = true;
            First = number;
        }

        while (End <= number) _fates.Add(0);
        if (number < First || WasOffered(number)) return false;
        _fates[(int)(number - First)] = Offered;
        return true;
    }

    public void Miss(ushort sequenceNumber)
    {
        var number = _unwrapper.Peek(sequenceNumber);
        if (number >= First && number < End) _fates[(int)(number - First)] |= Missed;
    }

    private byte FateOf(long number) => number >= First && number < End ? _fates[(int)(number - First)] : (byte)0;
}
