namespace AV1Relay.WebRtc.Srtp;

/// <summary>Checks and opens what comes in one way: SRTP and SRTCP under one master key (RFC 3711, RFC 7714).</summary>
/// <remarks>One thread owns it. Order: index estimated, replay checked, tag checked; only then does any state change.</remarks>
public sealed class SrtpReceiver : IDisposable
{
    private readonly SrtpTransform _transform;
    private readonly Source[] _rtpSources;
    private readonly Source[] _rtcpSources;
    private int _rtpSourceCount;
    private int _rtcpSourceCount;

    private SrtpReceiver(SrtpTransform transform, int maxSources)
    {
        _transform = transform;
        _rtpSources = new Source[maxSources];
        _rtcpSources = new Source[maxSources];
    }

    /// <summary>Keys a direction for at most <paramref name="maxSources"/> sources of RTP, and as many of RTCP.</summary>
    /// <exception cref="ArgumentException">A key or salt of the wrong length for the profile.</exception>
    public static SrtpReceiver Create(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int maxSources = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSources);
        return new SrtpReceiver(SrtpTransform.Create(profile, masterKey, masterSalt, isForSending: false), maxSources);
    }

    /// <summary>Opens the SRTP packet at the start of a buffer, in place. After an error its payload may be gone.</summary>
    public SrtpError UnprotectRtp(Span<byte> buffer, int length, out int plainLength)
    {
        plainLength = 0;
        if (length < 0 || length > buffer.Length) return SrtpError.Malformed;
        var packet = buffer[..length];
        if (!SrtpHeader.TryReadRtp(packet, out var headerLength, out var sequenceNumber, out var ssrc)) return SrtpError.Malformed;
        if (length < headerLength + _transform.RtpOverhead) return SrtpError.Malformed;

        var slot = Find(_rtpSources, _rtpSourceCount, ssrc);
        ulong index = sequenceNumber;
        if (slot < _rtpSourceCount)
        {
            ref var window = ref _rtpSources[slot].Window;
            if (!PacketIndex.TryEstimate(window.Highest, sequenceNumber, out index) || window.Contains(index)) return SrtpError.Replayed;
        }

        if (!_transform.OpenRtp(packet, headerLength, ssrc, index)) return SrtpError.AuthenticationFailed;
        if (!Accept(_rtpSources, ref _rtpSourceCount, slot, ssrc, index)) return SrtpError.TooManySources;
        plainLength = length - _transform.RtpOverhead;
        return SrtpError.None;
    }

    /// <summary>Opens the SRTCP packet at the start of a buffer, in place. After an error its payload may be gone.</summary>
    public SrtpError UnprotectRtcp(Span<byte> buffer, int length, out int plainLength)
    {
        plainLength = 0;
        if (length < SrtpTransform.RtcpHeaderLength + _transform.RtcpOverhead || length > buffer.Length) return SrtpError.Malformed;
        var packet = buffer[..length];
        if (!SrtpHeader.TryReadRtcp(packet, out var ssrc)) return SrtpError.Malformed;

        // RFC 3711 §3.4 would let a packet go unencrypted; WebRTC does not (RFC 8827 §6.5).
        var trailer = _transform.ReadRtcpTrailer(packet);
        if ((trailer & SrtpTransform.RtcpEncryptedFlag) == 0) return SrtpError.Malformed;
        var index = trailer & ~SrtpTransform.RtcpEncryptedFlag;

        var slot = Find(_rtcpSources, _rtcpSourceCount, ssrc);
        if (slot < _rtcpSourceCount && _rtcpSources[slot].Window.Contains(index)) return SrtpError.Replayed;

        if (!_transform.OpenRtcp(packet, ssrc, index)) return SrtpError.AuthenticationFailed;
        if (!Accept(_rtcpSources, ref _rtcpSourceCount, slot, ssrc, index)) return SrtpError.TooManySources;
        plainLength = length - _transform.RtcpOverhead;
        return SrtpError.None;
    }

    public void Dispose() => _transform.Dispose();

    /// <summary>The source's slot, or the count of sources when it has none yet.</summary>
    private static int Find(Source[] sources, int count, uint ssrc)
    {
        var slot = 0;
        while (slot < count && sources[slot].Ssrc != ssrc) slot++;
        return slot;
    }

    private static bool Accept(Source[] sources, ref int count, int slot, uint ssrc, ulong index)
    {
        if (slot == sources.Length) return false;
        if (slot == count)
        {
            sources[slot].Ssrc = ssrc;
            count++;
        }

        sources[slot].Window.Accept(index);
        return true;
    }

    private struct Source
    {
        public uint Ssrc;
        public ReplayWindow Window;
    }
}
