namespace AV1Relay.WebRtc.Srtp;

/// <summary>Protects what goes one way: SRTP and SRTCP under one master key (RFC 3711, RFC 7714).</summary>
/// <remarks>
/// One thread owns it. A nonce must never serve twice under a key, so it is remembered which of the latest 1,024 indices of a source have been
/// used: a forwarder may hand packets over out of order, but none twice, and none that is too old to tell. What was lost goes out again as
/// RTX (RFC 4588), under a source and numbers of its own.
/// Start a source below 2^15, so that a receiver who misses the first packets cannot mistake the rollover counter (RFC 3711 §3.3.1).
/// </remarks>
public sealed class SrtpSender : IDisposable
{
    private const uint LastRtcpIndex = 0x7FFF_FFFF; // 31 bits

    private readonly SrtpTransform _transform;
    private readonly Source[] _sources;
    private int _sourceCount;
    private uint _nextRtcpIndex;

    private SrtpSender(SrtpTransform transform, int maxSources)
    {
        _transform = transform;
        _sources = new Source[maxSources];
    }

    /// <summary>Keys a direction for at most <paramref name="maxSources"/> sources; a source's place is never given to another.</summary>
    /// <exception cref="ArgumentException">A key or salt of the wrong length for the profile.</exception>
    public static SrtpSender Create(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int maxSources = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSources);
        return new SrtpSender(SrtpTransform.Create(profile, masterKey, masterSalt, isForSending: true), maxSources);
    }

    /// <summary>Protects the RTP packet at the start of a buffer, in place.</summary>
    /// <returns>The new length, or −1 when the packet is malformed, its index was used or may have been, or it does not fit.</returns>
    public int ProtectRtp(Span<byte> buffer, int length)
    {
        if (length < 0 || length > buffer.Length - _transform.RtpOverhead) return -1;
        if (!SrtpHeader.TryReadRtp(buffer[..length], out var headerLength, out var sequenceNumber, out var ssrc)) return -1;

        var slot = Find(ssrc);
        if (slot == _sources.Length) return -1;
        ulong index = sequenceNumber;
        ref var source = ref _sources[slot];
        if (slot == _sourceCount)
        {
            source.Ssrc = ssrc;
            _sourceCount++;
        }
        else if (!PacketIndex.TryEstimate(source.Used.Highest, sequenceNumber, out index) || source.Used.Contains(index))
        {
            return -1;
        }

        source.Used.Accept(index); // before use: an index that may have been used is never tried again
        return _transform.SealRtp(buffer, headerLength, length, ssrc, index) ? length + _transform.RtpOverhead : -1;
    }

    /// <summary>Protects the RTCP packet at the start of a buffer, in place.</summary>
    /// <returns>The new length, or −1 when the packet is malformed, does not fit, or all 2^31 indices of the key are used.</returns>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        if (length < 0 || length > buffer.Length - _transform.RtcpOverhead || _nextRtcpIndex > LastRtcpIndex) return -1;
        if (!SrtpHeader.TryReadRtcp(buffer[..length], out var ssrc)) return -1;

        // One counter for all sources: gaps are allowed, and it needs no table.
        var index = _nextRtcpIndex++;
        return _transform.SealRtcp(buffer, length, ssrc, index) ? length + _transform.RtcpOverhead : -1;
    }

    public void Dispose() => _transform.Dispose();

    /// <summary>For tests of what happens at the end of a key's life.</summary>
    internal void SkipTo(uint ssrc, ulong rtpIndex, uint rtcpIndex)
    {
        var slot = Find(ssrc);
        _sources[slot].Ssrc = ssrc;
        _sources[slot].Used = default;
        _sources[slot].Used.Accept(rtpIndex);
        if (slot == _sourceCount) _sourceCount++;
        _nextRtcpIndex = rtcpIndex;
    }

    /// <summary>The source's slot, or the count of sources when it has none yet.</summary>
    private int Find(uint ssrc)
    {
        var slot = 0;
        while (slot < _sourceCount && _sources[slot].Ssrc != ssrc) slot++;
        return slot;
    }

    private struct Source
    {
        public uint Ssrc;
        public ReplayWindow Used;
    }
}
