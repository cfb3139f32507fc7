using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>One direction's session keys, and how a profile lays a protected packet out. Not thread-safe.</summary>
/// <remarks>
/// Lengths are the caller's to check: the buffer has room for the overhead, and a protected packet is at least as long as header and overhead.
/// An <c>Open…</c> that returns false may have destroyed the packet's payload.
/// </remarks>
internal abstract class SrtpTransform : IDisposable
{
    public const int RtcpHeaderLength = 8; // stays readable: the first header and the sender's SSRC
    public const int RtcpIndexLength = 4;
    public const uint RtcpEncryptedFlag = 0x8000_0000;

    /// <summary>Bytes that protection adds to an RTP packet.</summary>
    public abstract int RtpOverhead { get; }

    /// <summary>Bytes that protection adds to an RTCP packet, the index included.</summary>
    public abstract int RtcpOverhead { get; }

    /// <exception cref="ArgumentException">A key or salt of the wrong length.</exception>
    public static SrtpTransform Create(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, bool isForSending)
    {
        if (masterSalt.Length != SrtpProfiles.MasterSaltLength(profile) || masterKey.Length != SrtpProfiles.MasterKeyLength)
            throw new ArgumentException($"A master key of 16 bytes and a salt that fits {profile} are needed.");
        return profile == SrtpProfile.AeadAes128Gcm
            ? new AeadTransform(masterKey, masterSalt, isForSending)
            : new CounterModeTransform(masterKey, masterSalt);
    }

    /// <summary>Encrypts all behind the header and appends the tag.</summary>
    public abstract bool SealRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index);

    public abstract bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, ulong index);

    /// <summary>Encrypts all behind the first eight bytes and appends tag and index.</summary>
    public abstract bool SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index);

    public abstract bool OpenRtcp(Span<byte> packet, uint ssrc, uint index);

    /// <summary>The 31-bit index and the flag as they stand in a packet.</summary>
    public abstract uint ReadRtcpTrailer(ReadOnlySpan<byte> packet);

    public abstract void Dispose();

    protected static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        var derived = GC.AllocateArray<byte>(length, pinned: true); // pinned: zeroing it later leaves no copy behind
        SrtpKeyDerivation.Derive(masterKey, masterSalt, label, derived);
        return derived;
    }

    protected static AesGcmContext DeriveGcm(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, bool isForEncryption)
    {
        var key = Derive(masterKey, masterSalt, label, SrtpProfiles.MasterKeyLength);
        try
        {
            return new AesGcmContext(key, isForEncryption);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
