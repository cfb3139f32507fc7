namespace AV1Relay.WebRtc.Rtp;

/// <summary>Walks the elements of an RTP header extension, RFC 8285. Stops at the first malformed one.</summary>
public ref struct RtpExtensionEnumerator
{
    /// <summary>"Defined by profile" of the one-byte form, RFC 8285 §4.2.</summary>
    internal const ushort OneByteProfile = 0xBEDE;

    /// <summary>The same for the two-byte form, whose low four bits belong to the application, RFC 8285 §4.3.</summary>
    internal const ushort TwoByteProfile = 0x1000;

    private readonly bool _isTwoByte;
    private ReadOnlySpan<byte> _rest;

    internal RtpExtensionEnumerator(ushort profile, ReadOnlySpan<byte> elements)
    {
        _isTwoByte = (profile & 0xFFF0) == TwoByteProfile;
        _rest = _isTwoByte || profile == OneByteProfile ? elements : default;
    }

    /// <summary>The negotiated id: 1–14 in the one-byte form, 1–255 in the two-byte form.</summary>
    public int Id { get; private set; }

    /// <summary>1–16 bytes in the one-byte form, 0–255 in the two-byte form.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public readonly RtpExtensionEnumerator GetEnumerator() => this;

    public readonly RtpExtensionEnumerator Current => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty && _rest[0] == 0) _rest = _rest[1..]; // padding between elements
        if (_rest.IsEmpty) return false;

        int length, prefix;
        if (_isTwoByte)
        {
            if (_rest.Length < 2) return Stop();
            (Id, length, prefix) = (_rest[0], _rest[1], 2);
        }
        else
        {
            (Id, length, prefix) = (_rest[0] >> 4, (_rest[0] & 0x0F) + 1, 1);
            if (Id is 0 or 15) return Stop(); // 15 ends the list; 0 with a length is not an element
        }

        if (_rest.Length < prefix + length) return Stop();
        Value = _rest.Slice(prefix, length);
        _rest = _rest[(prefix + length)..];
        return true;
    }

    private bool Stop()
    {
        _rest = default;
        return false;
    }
}
