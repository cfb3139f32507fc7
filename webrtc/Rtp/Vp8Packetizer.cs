using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>VP8 frames into payloads of RFC 7741, with a 15-bit picture id.</summary>
/// <remarks>Partitions are not told apart: the frame is sent as one, which RFC 7741 §4.4 allows.</remarks>
/// <param name="firstPictureId">Of the first frame; RFC 7741 §4.2 wants it random. Counts on modulo 2^15.</param>
public sealed class Vp8Packetizer(int firstPictureId = 0) : IPacketizer
{
    private const int DescriptorLength = 4;

    private ReadOnlyMemory<byte> _frame;
    private int _position;
    private int _pieceLength;
    private int _nextPictureId = firstPictureId & 0x7FFF;

    /// <summary>Of the frame begun last.</summary>
    public int PictureId { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A maximum under 16 bytes.</exception>
    public void Begin(ReadOnlyMemory<byte> frame, int maxPayloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPayloadBytes, 16);
        _frame = frame;
        _position = 0;
        if (frame.IsEmpty) return;
        _pieceLength = EvenSplit.PieceLength(frame.Length, maxPayloadBytes - DescriptorLength);
        PictureId = _nextPictureId;
        _nextPictureId = (_nextPictureId + 1) & 0x7FFF;
    }

    public bool TryTakePayload(Span<byte> destination, out int length, out bool isLast)
    {
        (length, isLast) = (0, false);
        if (_position == _frame.Length) return false;

        var piece = _frame.Span[_position..Math.Min(_position + _pieceLength, _frame.Length)];
        destination[0] = (byte)(Vp8Descriptor.Extended | (_position == 0 ? Vp8Descriptor.PartitionStart : 0));
        destination[1] = Vp8Descriptor.HasPictureId;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(Vp8Descriptor.LongPictureId << 8 | PictureId));
        piece.CopyTo(destination[DescriptorLength..]);
        _position += piece.Length;
        length = DescriptorLength + piece.Length;
        isLast = _position == _frame.Length;
        return true;
    }
}
