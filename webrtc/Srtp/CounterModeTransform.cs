using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80 (RFC 3711): counter mode, then the first 80 bits of a MAC over header, ciphertext and index.</summary>
internal sealed class CounterModeTransform : SrtpTransform
{
    private const int TagLength = 10; // bytes
    private const int SaltLength = 14;
    private const int AuthenticationKeyLength = 20;

    private readonly Half _rtp;
    private readonly Half _rtcp;

    public CounterModeTransform(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        _rtp = new Half(
            masterKey, masterSalt, SrtpKeyDerivation.RtpEncryption, SrtpKeyDerivation.RtpAuthentication, SrtpKeyDerivation.RtpSalt);
        _rtcp = new Half(
            masterKey, masterSalt, SrtpKeyDerivation.RtcpEncryption, SrtpKeyDerivation.RtcpAuthentication, SrtpKeyDerivation.RtcpSalt);
    }

    public override int RtpOverhead => TagLength;

    public override int RtcpOverhead => RtcpIndexLength + TagLength;

    public override bool SealRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index)
    {
        Span<byte> rolloverCounter = stackalloc byte[4]; // authenticated, not sent (RFC 3711 §4.2)
        Span<byte> mac = stackalloc byte[HmacSha1Context.Length];
        BinaryPrimitives.WriteUInt32BigEndian(rolloverCounter, (uint)(index >> 16));
        if (!_rtp.Crypt(buffer[headerLength..length], ssrc, index)) return false;
        if (!_rtp.Authentication.Compute(buffer[..length], rolloverCounter, mac)) return false;
        mac[..TagLength].CopyTo(buffer[length..]);
        return true;
    }

    public override bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index)
    {
        Span<byte> rolloverCounter = stackalloc byte[4];
        Span<byte> mac = stackalloc byte[HmacSha1Context.Length];
        BinaryPrimitives.WriteUInt32BigEndian(rolloverCounter, (uint)(index >> 16));
        return _rtp.Authentication.Compute(packet[..^TagLength], rolloverCounter, mac)
            && CryptographicOperations.FixedTimeEquals(mac[..TagLength], packet[^TagLength..])
            && _rtp.Crypt(packet[headerLength..^TagLength], ssrc, index);
    }

    public override bool SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        Span<byte> mac = stackalloc byte[HmacSha1Context.Length];
        if (!_rtcp.Crypt(buffer[RtcpHeaderLength..length], ssrc, index)) return false;
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], index | RtcpEncryptedFlag);
        if (!_rtcp.Authentication.Compute(buffer[..(length + RtcpIndexLength)], default, mac)) return false;
        mac[..TagLength].CopyTo(buffer[(length + RtcpIndexLength)..]);
        return true;
    }

    public override bool OpenRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> mac = stackalloc byte[HmacSha1Context.Length];
        return _rtcp.Authentication.Compute(packet[..^TagLength], default, mac)
            && CryptographicOperations.FixedTimeEquals(mac[..TagLength], packet[^TagLength..])
            && _rtcp.Crypt(packet[RtcpHeaderLength..^RtcpOverhead], ssrc, index);
    }

    public override uint ReadRtcpTrailer(ReadOnlySpan<byte> packet)
        => BinaryPrimitives.ReadUInt32BigEndian(packet[^(RtcpIndexLength + TagLength)..]);

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    /// <summary>The keys of RTP, or those of RTCP.</summary>
    private sealed class Half : IDisposable
    {
        private readonly AesCounterContext _cipher;
        private readonly byte[] _salt;

        public Half(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte encryption, byte authentication, byte salt)
        {
            var cipherKey = Derive(masterKey, masterSalt, encryption, SrtpProfiles.MasterKeyLength);
            var authenticationKey = Derive(masterKey, masterSalt, authentication, AuthenticationKeyLength);
            try
            {
                _cipher = new AesCounterContext(cipherKey);
                Authentication = new HmacSha1Context(authenticationKey);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(cipherKey);
                CryptographicOperations.ZeroMemory(authenticationKey);
            }

            _salt = Derive(masterKey, masterSalt, salt, SaltLength);
        }

        public HmacSha1Context Authentication { get; }

        /// <summary>IV = (salt · 2^16) ⊕ (SSRC · 2^64) ⊕ (index · 2^16), RFC 3711 §4.1.1.</summary>
        public bool Crypt(Span<byte> data, uint ssrc, ulong index)
        {
            Span<byte> counter = stackalloc byte[AesCounterContext.CounterLength];
            BinaryPrimitives.WriteUInt32BigEndian(counter, 0);
            BinaryPrimitives.WriteUInt32BigEndian(counter[4..], ssrc);
            BinaryPrimitives.WriteUInt64BigEndian(counter[8..], index << 16);
            for (var i = 0; i < SaltLength; i++) counter[i] ^= _salt[i];
            return _cipher.Apply(counter, data);
        }

        public void Dispose()
        {
            _cipher.Dispose();
            Authentication.Dispose();
            Array.Clear(_salt);
        }
    }
}
