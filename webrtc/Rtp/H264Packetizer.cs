using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Annex B access units into payloads of RFC 6184, packetization-mode 1: single NAL units, STAP-A and FU-A.</summary>
/// <remarks>
/// Neighbours that fit together into one payload travel as STAP-A (parameter sets, small slices); larger units are cut evenly. Access unit
/// delimiters and filler are left out: RTP has the marker, and needs no constant rate.
/// </remarks>
public sealed class H264Packetizer : IPacketizer
{
    private const int FuHeaderLength = 2;

    private ReadOnlyMemory<byte> _accessUnit;
    private (int Start, int Length)[] _units = new (int, int)[16];
    private int _unitCount;
    private int _unit;
    private int _cut; // bytes of the current unit already sent as fragments
    private int _fragmentLength;
    private int _maxPayload;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A maximum under 16 bytes.</exception>
    public void Begin(ReadOnlyMemory<byte> frame, int maxPayloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPayloadBytes, 16);
        _accessUnit = frame;
        _maxPayload = maxPayloadBytes;
        (_unit, _unitCount, _cut) = (0, 0, 0);

        var stream = frame.Span;
        var position = 0;
        while (H264.TryReadNalUnit(stream, ref position, out var start, out var length))
        {
            if ((stream[start] & H264.TypeMask) is H264.AccessUnitDelimiter or H264.Filler) continue;
            if (_unitCount == _units.Length) Array.Resize(ref _units, 2 * _units.Length); // kept for the frames to come
            _units[_unitCount++] = (start, length);
        }
    }

    public bool TryTakePayload(Span<byte> destination, out int length, out bool isLast)
    {
        (length, isLast) = (0, false);
        if (_unit == _unitCount) return false;

        var unit = _accessUnit.Span.Slice(_units[_unit].Start, _units[_unit].Length);
        if (unit.Length > _maxPayload) length = WriteFragment(unit, destination);
        else if (CountThatFitTogether() is > 1 and var count) length = WriteAggregate(count, destination);
        else
        {
            unit.CopyTo(destination);
            length = unit.Length;
            _unit++;
        }

        isLast = _unit == _unitCount;
        return true;
    }

    private int CountThatFitTogether()
    {
        var total = 1;
        var count = 0;
        while (_unit + count < _unitCount)
        {
            total += 2 + _units[_unit + count].Length;
            if (total > _maxPayload) break;
            count++;
        }

        return count;
    }

    /// <summary>STAP-A, RFC 6184 §5.7.1.</summary>
    private int WriteAggregate(int count, Span<byte> destination)
    {
        var stream = _accessUnit.Span;
        var importance = 0; // the highest of all, and the forbidden bit of any
        var length = 1;
        for (; count > 0; count--, _unit++)
        {
            var unit = stream.Slice(_units[_unit].Start, _units[_unit].Length);
            importance = Math.Max(importance & 0x60, unit[0] & 0x60) | (importance | unit[0]) & 0x80;
            BinaryPrimitives.WriteUInt16BigEndian(destination[length..], (ushort)unit.Length);
            unit.CopyTo(destination[(length + 2)..]);
            length += 2 + unit.Length;
        }

        destination[0] = (byte)(importance | H264.StapA);
        return length;
    }

    /// <summary>FU-A, RFC 6184 §5.8. The unit's own first byte is not sent, but told in the two header bytes.</summary>
    private int WriteFragment(ReadOnlySpan<byte> unit, Span<byte> destination)
    {
        if (_cut == 0)
        {
            _cut = 1;
            _fragmentLength = EvenSplit.PieceLength(unit.Length - 1, _maxPayload - FuHeaderLength);
        }

        var piece = unit[_cut..Math.Min(_cut + _fragmentLength, unit.Length)];
        var isFirst = _cut == 1;
        _cut += piece.Length;
        var isFinal = _cut == unit.Length;

        destination[0] = (byte)(unit[0] & H264.ImportanceMask | H264.FuA);
        destination[1] = (byte)((isFirst ? H264.FuStart : 0) | (isFinal ? H264.FuEnd : 0) | unit[0] & H264.TypeMask);
        piece.CopyTo(destination[FuHeaderLength..]);
        if (isFinal)
        {
            _unit++;
            _cut = 0;
        }

        return FuHeaderLength + piece.Length;
    }
}
