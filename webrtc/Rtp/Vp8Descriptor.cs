namespace AV1Relay.WebRtc.Rtp;

/// <summary>The VP8 payload descriptor, RFC 7741 §4.2.</summary>
internal readonly record struct Vp8Descriptor(int Length, bool IsPartitionStart, int PartitionIndex, int? PictureId)
{
    internal const byte Extended = 0x80;
    internal const byte PartitionStart = 0x10;
    internal const byte HasPictureId = 0x80;
    internal const byte LongPictureId = 0x80;

    /// <summary>The first packet of a frame: the start of its first partition.</summary>
    internal bool IsFrameStart => IsPartitionStart && PartitionIndex == 0;

    /// <returns>False when the descriptor is cut short.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> payload, out Vp8Descriptor descriptor)
    {
        descriptor = default;
        if (payload.IsEmpty) return false;
        var first = payload[0];
        var length = 1;
        int? pictureId = null;
        if ((first & Extended) != 0)
        {
            if (payload.Length < 2) return false;
            var fields = payload[1];
            length = 2;
            if ((fields & HasPictureId) != 0)
            {
                if (payload.Length <= length) return false;
                var isLong = (payload[length] & LongPictureId) != 0;
                if (payload.Length < length + (isLong ? 2 : 1)) return false;
                pictureId = isLong ? (payload[length] & 0x7F) << 8 | payload[length + 1] : payload[length];
                length += isLong ? 2 : 1;
            }

            if ((fields & 0x40) != 0) length++; // TL0PICIDX
            if ((fields & 0x30) != 0) length++; // TID, Y, KEYIDX
        }

        if (payload.Length < length) return false;
        descriptor = new Vp8Descriptor(length, (first & PartitionStart) != 0, first & 0x07, pictureId);
        return true;
    }
}
