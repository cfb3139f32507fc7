using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AV1Relay.RobotAgent.Enrolment;

/// <summary>The robot's key and the request for its certificate (PKCS#10).</summary>
internal static class RobotKey
{
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>DER. The relay gives the name; what is asked for here does not matter.</summary>
    public static byte[] SigningRequest(ECDsa key) => new CertificateRequest("CN=robot", key, HashAlgorithmName.SHA256).CreateSigningRequest();

    /// <summary>Whether a certificate is for this key.</summary>
    public static bool IsFor(ECDsa key, X509Certificate2 certificate)
    {
        using var certified = certificate.GetECDsaPublicKey();
        return certified is not null && certified.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }
}
