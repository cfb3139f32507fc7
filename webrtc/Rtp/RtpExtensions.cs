using System.Buffers.Binary;
using System.Text;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>The values of the header extensions that this project uses. Their ids are negotiated in SDP.</summary>
public static class RtpExtensions
{
    public const int PlayoutDelayLength = 3;
    public const int TransportSequenceNumberLength = 2;

    /// <summary>The one-byte form carries at most this much of a mid.</summary>
    public const int MaxMidLength = 16;

    private const int MaxPlayoutDelay = 0xFFF;

    /// <summary>Writes 12 + 12 bits of playout delay (the <c>playout-delay</c> extension).</summary>
    /// <param name="destination">At least <see cref="PlayoutDelayLength"/> bytes.</param>
    /// <param name="minimum">Units of 10 ms, 0–4095; 0 together with a maximum of 0 asks the player to show frames at once.</param>
    /// <param name="maximum">Units of 10 ms, never below the minimum.</param>
    public static void WritePlayoutDelay(Span<byte> destination, int minimum, int maximum)
    {
        minimum = Math.Clamp(minimum, 0, MaxPlayoutDelay);
        maximum = Math.Clamp(maximum, minimum, MaxPlayoutDelay);
        destination[0] = (byte)(minimum >> 4);
        destination[1] = (byte)(minimum << 4 | maximum >> 8);
        destination[2] = (byte)maximum;
    }

    /// <inheritdoc cref="WritePlayoutDelay"/>
    public static bool TryReadPlayoutDelay(ReadOnlySpan<byte> value, out int minimum, out int maximum)
    {
        (minimum, maximum) = (0, 0);
        if (value.Length != PlayoutDelayLength) return false;
        minimum = value[0] << 4 | value[1] >> 4;
        maximum = (value[1] & 0x0F) << 8 | value[2];
        return true;
    }

    /// <summary>The sequence number that counts all packets of a transport, whatever their SSRC (transport-wide congestion control).</summary>
    public static void WriteTransportSequenceNumber(Span<byte> destination, ushort sequenceNumber)
        => BinaryPrimitives.WriteUInt16BigEndian(destination, sequenceNumber);

    /// <inheritdoc cref="WriteTransportSequenceNumber"/>
    public static bool TryReadTransportSequenceNumber(ReadOnlySpan<byte> value, out ushort sequenceNumber)
        => BinaryPrimitives.TryReadUInt16BigEndian(value, out sequenceNumber);

    /// <summary>Writes a media identification, RFC 9143 §15.</summary>
    /// <returns>Bytes written; 0 when the mid is empty, longer than the one-byte form can carry, or not ASCII.</returns>
    public static int WriteMid(Span<byte> destination, ReadOnlySpan<char> mid)
        => mid.Length is > 0 and <= MaxMidLength && mid.Length <= destination.Length && Ascii.IsValid(mid)
            ? Encoding.ASCII.GetBytes(mid, destination)
            : 0;

    /// <summary>Compares a packet's mid with a known one without making a string.</summary>
    public static bool MidEquals(ReadOnlySpan<byte> value, ReadOnlySpan<char> mid) => Ascii.Equals(value, mid);

    /// <summary>Audio level of RFC 6464.</summary>
    /// <param name="value">The element's first byte is read.</param>
    /// <param name="isVoice">The sender's own judgement.</param>
    /// <param name="decibelsBelowOverload">0 (loudest) – 127 (silence).</param>
    public static bool TryReadAudioLevel(ReadOnlySpan<byte> value, out bool isVoice, out int decibelsBelowOverload)
    {
        (isVoice, decibelsBelowOverload) = (false, 127);
        if (value.IsEmpty) return false;
        isVoice = (value[0] & 0x80) != 0;
        decibelsBelowOverload = value[0] & 0x7F;
        return true;
    }
}
