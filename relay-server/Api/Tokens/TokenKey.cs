using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AV1Relay.Api.Tokens;

/// <summary>The ECDSA P-256 key that signs bearer tokens; kept apart from the keys of certificates.</summary>
public sealed class TokenKey : IDisposable
{
    private readonly ECDsa _key;

    private TokenKey(ECDsa key)
    {
        _key = key;
        SecurityKey = new ECDsaSecurityKey(key)
        {
            KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8)),
            // The library's own cache is one for the whole process and outlives this key.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    internal ECDsaSecurityKey SecurityKey { get; }

    public static TokenKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">Not a P-256 private key in PKCS#8 PEM.</exception>
    public static TokenKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize != 256)
                throw new CryptographicException("The key that signs tokens is not a P-256 key.");
            return new TokenKey(key);
        }
        catch (ArgumentException notPem)
        {
            key.Dispose();
            throw new CryptographicException("The key that signs tokens is not a PEM file.", notPem);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public void Dispose() => _key.Dispose();
}
