using System.Security.Cryptography;

namespace AV1Relay.Api.Certificates;

/// <summary>The key that grants will be signed with; robots pin its public half when they are enrolled.</summary>
public sealed class DomainKey : IDisposable
{
    private readonly ECDsa _key;

    private DomainKey(ECDsa key) => _key = key;

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKeyDer => _key.ExportSubjectPublicKeyInfo();

    public static DomainKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">Not a private key in PEM.</exception>
    public static DomainKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new DomainKey(key);
        }
        catch (ArgumentException notPem)
        {
            key.Dispose();
            throw new CryptographicException("The domain key is not a PEM file.", notPem);
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public void Dispose() => _key.Dispose();
}
