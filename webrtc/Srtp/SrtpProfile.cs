namespace AV1Relay.WebRtc.Srtp;

/// <summary>Protection profiles by their numbers in the <c>use_srtp</c> extension (RFC 5764 §4.1.2, RFC 7714 §14.2).</summary>
public enum SrtpProfile : ushort
{
    None = 0,
#pragma warning disable CA1707 // the registered name: the 80 bits of the tag, not the hash
    Aes128CmHmacSha1_80 = 1,
#pragma warning restore CA1707
    AeadAes128Gcm = 7,
}

/// <summary>Lengths that follow from a profile, in bytes.</summary>
public static class SrtpProfiles
{
    public const int MasterKeyLength = 16;

    /// <summary>What protection adds at most: an AEAD tag and the SRTCP index.</summary>
    public const int MaxOverhead = 20;

    public static int MasterSaltLength(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AeadAes128Gcm => 12,
        SrtpProfile.Aes128CmHmacSha1_80 => 14,
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "No such SRTP profile."),
    };

    /// <summary>Two keys and two salts.</summary>
    public static int KeyingMaterialLength(SrtpProfile profile) => 2 * (MasterKeyLength + MasterSaltLength(profile));
}
