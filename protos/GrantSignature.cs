using System.Security.Cryptography;
using AV1Relay.Protos.V1;

namespace AV1Relay.Protos;

/// <summary>How a grant is signed and checked: docs/decisions/0019-signed-grants.md.</summary>
/// <remarks>
/// ECDSA over P-256 with SHA-256, r and s in 32 bytes each (IEEE P1363), as ES256 of RFC 7518 §3.4 has it. A label comes before
/// the statement, so that no signature that the key makes for anything else is one of a grant.
/// </remarks>
public static class GrantSignature
{
    /// <summary>Bytes.</summary>
    public const int Length = 64;

    /// <summary>Bytes. Several times what the longest statement of version 1 takes.</summary>
    public const int MaxStatementLength = 4096;

    /// <summary>In <see cref="GrantStatement.Purpose"/>.</summary>
    public const string Purpose = "av1relay.grant";

    /// <summary>In <see cref="GrantStatement.Version"/>.</summary>
    public const uint Version = 1;

    private static ReadOnlySpan<byte> Label => "av1relay grant v1\0"u8;

    /// <param name="domainKey">P-256, with its private half.</param>
    /// <param name="statement">A serialised <see cref="GrantStatement"/>.</param>
    public static byte[] Sign(ECDsa domainKey, ReadOnlySpan<byte> statement) =>
        domainKey.SignHash(Hash(statement), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Whether exactly these bytes were signed. False for whatever is malformed; never throws for it.</summary>
    public static bool Verify(ECDsa domainKey, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        signature.Length == Length && statement.Length is > 0 and <= MaxStatementLength
        && domainKey.VerifyHash(Hash(statement), signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static byte[] Hash(ReadOnlySpan<byte> statement)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Label);
        hash.AppendData(statement);
        return hash.GetHashAndReset();
    }
}
