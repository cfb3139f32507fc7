using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714): header as additional data, ciphertext, 16-byte tag, for RTCP then the index.</summary>
internal sealed class AeadTransform : SrtpTransform
{
    private readonly AesGcmContext _rtp;
    private readonly AesGcmContext _rtcp;
    private readonly byte[] _rtpSalt;
    private readonly byte[] _rtcpSalt;

    public AeadTransform(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, bool isForSending)
    {
        _rtp = DeriveGcm(masterKey, masterSalt, SrtpKeyDerivation.RtpEncryption, isForSending);
        _rtcp = DeriveGcm(masterKey, masterSalt, SrtpKeyDerivation.RtcpEncryption, isForSending);
        _rtpSalt = Derive(masterKey, masterSalt, SrtpKeyDerivation.RtpSalt, AesGcmContext.NonceLength);
        _rtcpSalt = Derive(masterKey, masterSalt, SrtpKeyDerivation.RtcpSalt, AesGcmContext.NonceLength);
    }

    private AeadTransform(ReadOnlySpan<byte> sessionKey, byte[] sessionSalt, bool isForSending)
    {
        _rtp = new AesGcmContext(sessionKey, isForSending);
        _rtcp = new AesGcmContext(sessionKey, isForSending);
        _rtpSalt = sessionSalt;
        _rtcpSalt = sessionSalt;
    }

    public override int RtpOverhead => AesGcmContext.TagLength;

    public override int RtcpOverhead => AesGcmContext.TagLength + RtcpIndexLength;

    /// <summary>Skips the derivation, as the examples of RFC 7714 §16 and §17 do.</summary>
    internal static AeadTransform WithSessionKey(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> sessionSalt, bool isForSending)
        => new(sessionKey, sessionSalt.ToArray(), isForSending);

    public override bool SealRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[AesGcmContext.NonceLength];
        WriteNonce(nonce, ssrc, index, _rtpSalt);
        return _rtp.Seal(nonce, buffer[..headerLength], buffer[headerLength..length], buffer.Slice(length, AesGcmContext.TagLength));
    }

    public override bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index)
    {
        Span<byte> nonce = stackalloc byte[AesGcmContext.NonceLength];
        WriteNonce(nonce, ssrc, index, _rtpSalt);
        return _rtp.Open(
            nonce, packet[..headerLength], packet[headerLength..^AesGcmContext.TagLength], packet[^AesGcmContext.TagLength..]);
    }

    public override bool SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        Span<byte> nonce = stackalloc byte[AesGcmContext.NonceLength];
        Span<byte> additional = stackalloc byte[RtcpHeaderLength + RtcpIndexLength];
        WriteNonce(nonce, ssrc, index, _rtcpSalt);
        WriteRtcpAdditional(additional, buffer, index | RtcpEncryptedFlag);
        var tag = buffer.Slice(length, AesGcmContext.TagLength);
        if (!_rtcp.Seal(nonce, additional, buffer[RtcpHeaderLength..length], tag)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + AesGcmContext.TagLength)..], index | RtcpEncryptedFlag);
        return true;
    }

    public override bool OpenRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> nonce = stackalloc byte[AesGcmContext.NonceLength];
        Span<byte> additional = stackalloc byte[RtcpHeaderLength + RtcpIndexLength];
        WriteNonce(nonce, ssrc, index, _rtcpSalt);
        WriteRtcpAdditional(additional, packet, index | RtcpEncryptedFlag);
        var plainLength = packet.Length - RtcpOverhead;
        return _rtcp.Open(nonce, additional, packet[RtcpHeaderLength..plainLength], packet.Slice(plainLength, AesGcmContext.TagLength));
    }

    public override uint ReadRtcpTrailer(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[^RtcpIndexLength..]);

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
        Array.Clear(_rtpSalt);
        Array.Clear(_rtcpSalt);
    }

    /// <summary>Two zero bytes, SSRC, 48-bit index; the salt over it (RFC 7714 §8.1; §9.1 for RTCP, whose index is 31 bits).</summary>
    private static void WriteNonce(Span<byte> nonce, uint ssrc, ulong index, byte[] salt)
    {
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], index); // its upper two bytes are zero and overwritten next
        BinaryPrimitives.WriteUInt16BigEndian(nonce, 0);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        for (var i = 0; i < nonce.Length; i++) nonce[i] ^= salt[i];
    }

    private static void WriteRtcpAdditional(Span<byte> additional, ReadOnlySpan<byte> packet, uint trailer)
    {
        packet[..RtcpHeaderLength].CopyTo(additional);
        BinaryPrimitives.WriteUInt32BigEndian(additional[RtcpHeaderLength..], trailer);
    }
}
