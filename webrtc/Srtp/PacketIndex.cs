namespace AV1Relay.WebRtc.Srtp;

/// <summary>The 48-bit packet index: rollover counter · 2^16 + sequence number (RFC 3711 §3.3.1).</summary>
internal static class PacketIndex
{
    public const ulong Max = (1UL << 48) - 1;

    private const int HalfRange = 0x8000;

    /// <summary>The index nearest to the highest one seen, as in RFC 3711 Appendix A. False when that lies before the first packet or after the last.</summary>
    public static bool TryEstimate(ulong highest, ushort sequenceNumber, out ulong index)
    {
        var rolloverCounter = (long)(highest >> 16);
        var newest = (int)(highest & 0xFFFF);
        if (newest < HalfRange)
        {
            if (sequenceNumber - newest > HalfRange) rolloverCounter--;
        }
        else if (newest - HalfRange > sequenceNumber)
        {
            rolloverCounter++;
        }

        index = unchecked((ulong)rolloverCounter << 16) | sequenceNumber;
        return rolloverCounter >= 0 && index <= Max;
    }
}
