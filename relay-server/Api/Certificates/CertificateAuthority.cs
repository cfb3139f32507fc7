using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AV1Relay.Api.Certificates;

/// <summary>The relay's own CA: ECDSA P-256, for robots and for this relay's endpoints, nothing else.</summary>
/// <remarks>docs/decisions/0007-enrolment.md. Thread-safe.</remarks>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>How long a robot's certificate lasts; it renews from half of that on.</summary>
    public static readonly TimeSpan RobotCertificateLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a server certificate lasts; under the 825 days that some clients allow at most.</summary>
    public static readonly TimeSpan ServerCertificateLifetime = TimeSpan.FromDays(90);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int AuthorityYears = 10;
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1); // a robot's clock may be behind

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The certificate without its key, DER: what others pin or install.</summary>
    public ReadOnlyMemory<byte> CertificateDer => _certificate.RawDataMemory;

    public DateTimeOffset NotAfter => new(_certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var mark = Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 4));
        var request = new CertificateRequest($"CN=AV1Relay {mark}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new CertificateAuthority(request.CreateSelfSigned(now - Backdating, now.AddYears(AuthorityYears)));
    }

    /// <exception cref="CryptographicException">Not a certificate with its key in PEM.</exception>
    public static CertificateAuthority FromPem(string pem)
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPem(pem, pem));
        }
        catch (ArgumentException notPem)
        {
            throw new CryptographicException("The file of the certificate authority is not PEM.", notPem);
        }
    }

    /// <summary>Certificate and private key: a secret.</summary>
    public string ToPem()
    {
        using var key = _certificate.GetECDsaPrivateKey() ?? throw new CryptographicException("The CA has no ECDSA key.");
        return $"{_certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>A certificate with a fresh key for one of this relay's endpoints. The caller disposes it.</summary>
    public X509Certificate2 IssueServer(ServerNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=AV1Relay", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.DnsNames)
            alternatives.AddDnsName(name);
        foreach (var address in names.Addresses)
            alternatives.AddIpAddress(address);
        request.CertificateExtensions.Add(alternatives.Build());
        using var issued = Issue(request, ServerAuthentication, now, ServerCertificateLifetime);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate for a robot's own key.</summary>
    /// <param name="signingRequest">PKCS#10, DER; only its key is taken over, and its signature proves that the robot has it.</param>
    /// <param name="robotName">Becomes the subject's common name.</param>
    /// <param name="now">Wall time.</param>
    /// <param name="problem">What is wrong with the request, in words.</param>
    /// <returns>The certificate, which the caller disposes, or null.</returns>
    public X509Certificate2? IssueRobot(ReadOnlySpan<byte> signingRequest, string robotName, DateTimeOffset now, out string? problem)
    {
        CertificateRequest asked;
        try
        {
            asked = CertificateRequest.LoadSigningRequest(
                signingRequest, HashAlgorithmName.SHA256, out var read, CertificateRequestLoadOptions.Default);
            problem = read == signingRequest.Length ? null : "Something follows the certificate request.";
        }
        catch (Exception malformed) when (IsAboutTheInput(malformed))
        {
            problem = "The certificate request can't be read, or its signature is wrong.";
            return null;
        }

        if (problem is not null)
            return null;
        if (!IsP256(asked.PublicKey))
        {
            problem = "The certificate request's key is not ECDSA P-256.";
            return null;
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(robotName);
        var request = new CertificateRequest(subject.Build(), asked.PublicKey, HashAlgorithmName.SHA256);
        return Issue(request, ClientAuthentication, now, RobotCertificateLifetime);
    }

    /// <summary>Whether this CA gave a client certificate out that is in its time.</summary>
    public bool IsOurClient(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // serial numbers are checked against the registry instead
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        return chain.Build(certificate);
    }

    public void Dispose() => _certificate.Dispose();

    private static bool IsP256(PublicKey publicKey)
    {
        try
        {
            using var key = publicKey.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (Exception malformed) when (IsAboutTheInput(malformed))
        {
            return false;
        }
    }

    /// <summary>The library tells of malformed keys and encodings in more than one way; all of them are the caller's doing.</summary>
    private static bool IsAboutTheInput(Exception exception) =>
        exception is CryptographicException or NotSupportedException or ArgumentException;

    private X509Certificate2 Issue(CertificateRequest request, string use, DateTimeOffset now, TimeSpan lifetime)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        var serialNumber = RandomNumberGenerator.GetBytes(16);
        serialNumber[0] = (byte)((serialNumber[0] & 0x7F) | 0x40); // positive and of full length (RFC 5280 §4.1.2.2)
        var end = now + lifetime;
        return request.Create(_certificate, now - Backdating, end < NotAfter ? end : NotAfter, serialNumber);
    }
}
