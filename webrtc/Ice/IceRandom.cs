using System.Security.Cryptography;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>The agent's chance: the system's secure source, or a seeded one in simulations.</summary>
internal sealed class IceRandom(Random? seeded)
{
    public StunTransactionId NextTransactionId()
    {
        Span<byte> bytes = stackalloc byte[StunTransactionId.Length];
        Fill(bytes);
        return StunTransactionId.Read(bytes);
    }

    public ulong NextTieBreaker()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double NextDouble() => (NextTieBreaker() >> 11) * (1.0 / (1UL << 53));

    private void Fill(Span<byte> bytes)
    {
        if (seeded is null) RandomNumberGenerator.Fill(bytes);
        else seeded.NextBytes(bytes);
    }
}
