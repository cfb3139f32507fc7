using System.Security.Cryptography;
using AV1Relay.Protos;

namespace AV1Relay.Api.Certificates;

/// <summary>The key that grants are signed with, and nothing else; robots pin its public half when they are enrolled.</summary>
/// <remarks>Kept apart from tokens, certificates and media: docs/decisions/0019-signed-grants.md. Thread-safe.</remarks>
public sealed class DomainKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _lock = new();

    private DomainKey(ECDsa key)
    {
        _key = key;
        PublicKeyDer = key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKeyDer { get; }

    public static DomainKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">Not a P-256 private key in PEM.</exception>
    public static DomainKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize != 256)
                throw new CryptographicException("The domain key is not a P-256 key.");
            return new DomainKey(key);
        }
        catch (ArgumentException notPem)
        {
            key.Dispose();
            throw new CryptographicException("The domain key is not a PEM file.", notPem);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>See <see cref="GrantSignature"/>.</summary>
    /// <param name="statement">A serialised statement; these bytes travel.</param>
    public byte[] SignGrant(ReadOnlySpan<byte> statement)
    {
        lock (_lock)
        {
            return GrantSignature.Sign(_key, statement);
        }
    }

    public void Dispose() => _key.Dispose();
}
