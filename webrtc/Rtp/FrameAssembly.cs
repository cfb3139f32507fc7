namespace AV1Relay.WebRtc.Rtp;

/// <summary>What depacketisers share: a bounded buffer for the frame under way, and the rule that a gap spoils it.</summary>
internal sealed class FrameAssembly(int maxFrameBytes)
{
    private byte[] _buffer = new byte[Math.Min(64 * 1024, maxFrameBytes)];
    private int _length;
    private int _completeLength;
    private bool _hasStarted;
    private bool _isSpoiled;
    private bool _isUnderWay;
    private ushort _lastSequenceNumber;
    private uint _timestamp;

    internal ReadOnlySpan<byte> Frame => _buffer.AsSpan(0, _completeLength);

    internal bool IsEmpty => _length == 0;

    /// <summary>What came before this frame is unknown: only a payload that is seen to begin a frame may begin it.</summary>
    internal bool FollowsGap { get; private set; }

    internal long FramesDropped { get; private set; }

    /// <returns>False for a packet that is late or comes twice.</returns>
    internal bool TryBeginPacket(in RtpPacket packet)
    {
        var isContiguous = (ushort)(_lastSequenceNumber + 1) == packet.SequenceNumber;
        if (_hasStarted && !isContiguous && !SequenceNumbers.IsNewer(packet.SequenceNumber, _lastSequenceNumber)) return false;

        var isNewFrame = !_isUnderWay || packet.Timestamp != _timestamp;
        if (isNewFrame)
        {
            if (_isUnderWay) FramesDropped++; // its last packet never came
            _length = 0;
            _isSpoiled = false;
            FollowsGap = !_hasStarted || !isContiguous;
        }
        else if (!isContiguous)
        {
            _isSpoiled = true;
        }

        _hasStarted = true;
        _isUnderWay = true;
        _completeLength = 0;
        _lastSequenceNumber = packet.SequenceNumber;
        _timestamp = packet.Timestamp;
        return true;
    }

    internal void Spoil() => _isSpoiled = true;

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_isSpoiled) return;
        var needed = _length + bytes.Length;
        if (needed > maxFrameBytes)
        {
            Spoil();
            return;
        }

        if (needed > _buffer.Length) Array.Resize(ref _buffer, Math.Min(Math.Max(needed, 2 * _buffer.Length), maxFrameBytes));
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    /// <returns>True when the packet's marker ends a whole frame.</returns>
    internal bool EndPacket(bool marker)
    {
        if (!marker) return false;
        _isUnderWay = false;
        if (_isSpoiled || _length == 0)
        {
            FramesDropped++;
            return false;
        }

        _completeLength = _length;
        return true;
    }
}
