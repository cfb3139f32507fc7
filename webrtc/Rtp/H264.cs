namespace AV1Relay.WebRtc.Rtp;

/// <summary>NAL unit types: H.264 table 7-1, and those that RFC 6184 §5.2 adds for RTP.</summary>
internal static class H264
{
    internal const int TypeMask = 0x1F;
    internal const int Idr = 5;
    internal const int SequenceParameterSet = 7;
    internal const int PictureParameterSet = 8;
    internal const int AccessUnitDelimiter = 9;
    internal const int Filler = 12;
    internal const int StapA = 24;
    internal const int FuA = 28;
    internal const int FuStart = 0x80;
    internal const int FuEnd = 0x40;

    /// <summary>Forbidden bit and reference importance: kept when a NAL unit is put into another form.</summary>
    internal const int ImportanceMask = 0xE0;

    internal static ReadOnlySpan<byte> StartCode => [0, 0, 0, 1];

    /// <summary>Whether a payload holds a picture's first bytes: what comes before slices, or a slice whose first macroblock is number 0.</summary>
    internal static bool BeginsPicture(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2) return false;
        var type = payload[0] & TypeMask;
        if (type == StapA) return payload.Length > 4 && BeginsPicture(payload[3..]);
        if (type == FuA)
        {
            if (payload.Length < 3 || (payload[1] & FuStart) == 0) return false;
            type = payload[1] & TypeMask;
            payload = payload[1..];
        }

        // first_mb_in_slice is Exp-Golomb coded: 0 is a single 1 bit (H.264 §7.3.3, §9.1).
        return type is > Idr and <= AccessUnitDelimiter || (type is 1 or 2 or Idr && (payload[1] & 0x80) != 0);
    }

    /// <summary>Finds the next NAL unit of an Annex B byte stream.</summary>
    /// <param name="position">Where to look; moved behind the unit.</param>
    /// <param name="start">The unit's first byte, behind the start code.</param>
    /// <param name="length">One or more; zero bytes behind the unit are left out.</param>
    internal static bool TryReadNalUnit(ReadOnlySpan<byte> stream, ref int position, out int start, out int length)
    {
        (start, length) = (0, 0);
        while (position < stream.Length)
        {
            var code = stream[position..].IndexOf(StartCode[1..]);
            if (code < 0) break;
            start = position + code + 3;
            var next = stream[start..].IndexOf(StartCode[1..]);
            var end = next < 0 ? stream.Length : start + next;
            position = end;
            while (end > start && stream[end - 1] == 0) end--; // a fourth zero of the next start code, or trailing ones
            length = end - start;
            if (length > 0) return true;
        }

        position = stream.Length;
        return false;
    }
}
