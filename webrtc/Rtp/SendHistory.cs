using System.Numerics;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>The packets of one stream sent last, to be sent again on request. All memory is taken at the start.</summary>
/// <remarks>Keeps packets before encryption: what is sent again is encrypted anew, under a new sequence number (see <see cref="Rtx"/>).</remarks>
public sealed class SendHistory
{
    private readonly byte[] _bytes;
    private readonly Slot[] _slots;
    private readonly int _maxPacketBytes;

    /// <param name="capacityPackets">Rounded up to a power of two; up to 32,768.</param>
    /// <param name="maxPacketBytes">Longer packets are not kept.</param>
    public SendHistory(int capacityPackets, int maxPacketBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityPackets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityPackets, 0x8000);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPacketBytes, RtpPacket.FixedHeaderLength);
        _maxPacketBytes = maxPacketBytes;
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)capacityPackets)]; // divides 2^16, so slots stay right over a wrap
        _bytes = GC.AllocateUninitializedArray<byte>(_slots.Length * maxPacketBytes);
    }

    public int Capacity => _slots.Length;

    /// <summary>Keeps a copy in place of the packet sent <see cref="Capacity"/> numbers before.</summary>
    /// <returns>False when the packet is too long; nothing is kept under its number then.</returns>
    public bool Add(ushort sequenceNumber, ReadOnlySpan<byte> packet, TimeSpan now)
    {
        ref var slot = ref _slots[sequenceNumber & (_slots.Length - 1)];
        if (packet.IsEmpty || packet.Length > _maxPacketBytes)
        {
            slot.Length = 0;
            return false;
        }

        packet.CopyTo(_bytes.AsSpan((sequenceNumber & (_slots.Length - 1)) * _maxPacketBytes));
        slot = new Slot { SequenceNumber = sequenceNumber, Length = packet.Length, SentAt = now, AvailableAt = now };
        return true;
    }

    /// <summary>Looks a packet up without marking it as sent again.</summary>
    /// <param name="packet">Valid until the number's slot is used again.</param>
    public bool TryGet(ushort sequenceNumber, out ReadOnlySpan<byte> packet)
    {
        var index = sequenceNumber & (_slots.Length - 1);
        ref readonly var slot = ref _slots[index];
        var isThere = slot.Length > 0 && slot.SequenceNumber == sequenceNumber;
        packet = isThere ? _bytes.AsSpan(index * _maxPacketBytes, slot.Length) : default;
        return isThere;
    }

    /// <summary>Takes a packet to send it again, unless it is too old, or was sent again so short a time ago that the copy may still be on its way.</summary>
    /// <param name="minInterval">Between two copies: about one round trip.</param>
    /// <param name="maxAge">Since the packet was first sent: what is older would come too late.</param>
    public bool TryTakeForResend(ushort sequenceNumber, TimeSpan now, TimeSpan minInterval, TimeSpan maxAge, out ReadOnlySpan<byte> packet)
    {
        ref var slot = ref _slots[sequenceNumber & (_slots.Length - 1)];
        if (!TryGet(sequenceNumber, out packet)) return false;
        if (now < slot.AvailableAt || now - slot.SentAt > maxAge)
        {
            packet = default;
            return false;
        }

        slot.AvailableAt = now + minInterval;
        return true;
    }

    /// <summary>Forgets everything, when the stream begins anew.</summary>
    public void Clear() => Array.Clear(_slots);

    private struct Slot
    {
        internal ushort SequenceNumber;
        internal int Length; // 0: empty
        internal TimeSpan SentAt;
        internal TimeSpan AvailableAt;
    }
}
