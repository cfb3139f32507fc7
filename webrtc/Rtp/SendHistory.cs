using System.Numerics;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>The packets of one stream sent last, to be sent again on request: a ring of bytes and an index by sequence number.</summary>
/// <remarks>
/// Keeps packets before encryption: what is sent again is encrypted anew, under a new sequence number (see <see cref="Rtx"/>).
/// The ring lies outside the managed heap, and is cleared before it is given back.
/// </remarks>
public sealed class SendHistory : IDisposable
{
    private readonly int _capacityBytes;
    private readonly Slot[] _slots;
    private readonly NativeBuffer _ring;
    private long _written; // bytes since the start, those skipped at the ring's end included

    /// <param name="capacityBytes">Of all packets together.</param>
    /// <param name="capacityPackets">Rounded up to a power of two; up to 32,768. The oldest packets go when either is used up.</param>
    public SendHistory(int capacityBytes, int capacityPackets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityPackets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityPackets, 0x8000);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, RtpPacket.FixedHeaderLength);
        _capacityBytes = capacityBytes;
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)capacityPackets)]; // divides 2^16, so slots stay right over a wrap
        _ring = new NativeBuffer(capacityBytes);
    }

    /// <summary>Packets, where they are short enough.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Keeps a copy in place of the oldest.</summary>
    /// <returns>False when the packet is longer than everything there is; nothing is kept under its number then.</returns>
    public bool Add(ushort sequenceNumber, ReadOnlySpan<byte> packet, TimeSpan now)
    {
        ref var slot = ref _slots[sequenceNumber & (_slots.Length - 1)];
        if (packet.IsEmpty || packet.Length > _capacityBytes || _ring.IsClosed)
        {
            slot.Length = 0;
            return false;
        }

        var offset = (int)(_written % _capacityBytes);
        if (offset + packet.Length > _capacityBytes) // a packet lies in one piece
        {
            _written += _capacityBytes - offset;
            offset = 0;
        }

        packet.CopyTo(_ring.Bytes[offset..]);
        slot = new Slot { SequenceNumber = sequenceNumber, Length = packet.Length, Start = _written, SentAt = now, AvailableAt = now };
        _written += packet.Length;
        return true;
    }

    /// <summary>Looks a packet up without marking it as sent again.</summary>
    /// <param name="packet">Valid until the next packet is added.</param>
    public bool TryGet(ushort sequenceNumber, out ReadOnlySpan<byte> packet)
    {
        ref readonly var slot = ref _slots[sequenceNumber & (_slots.Length - 1)];
        var isThere = slot.Length > 0 && slot.SequenceNumber == sequenceNumber && slot.Start >= _written - _capacityBytes;
        packet = isThere ? _ring.Bytes.Slice((int)(slot.Start % _capacityBytes), slot.Length) : default;
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

    /// <summary>Gives the memory back, without what was in it. Nothing is kept or found after that.</summary>
    public void Dispose()
    {
        Clear(); // nothing is found any more
        _ring.Dispose();
    }

    private struct Slot
    {
        internal long Start; // in bytes written
        internal ushort SequenceNumber;
        internal int Length; // 0: empty
        internal TimeSpan SentAt;
        internal TimeSpan AvailableAt;
    }
}
