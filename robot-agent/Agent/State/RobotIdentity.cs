using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AV1Relay.RobotAgent.State;

/// <summary>Who this robot is, and the one authority that it believes.</summary>
/// <param name="certificate">With its key.</param>
/// <param name="authority">The relay's own CA, pinned at enrolment.</param>
/// <param name="key">P-256; made on this robot and never left it.</param>
internal sealed class RobotIdentity(X509Certificate2 certificate, X509Certificate2 authority, ECDsa key) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    public X509Certificate2 Authority { get; } = authority;

    public ECDsa Key { get; } = key;

    /// <summary>As the relay named it.</summary>
    public string Name { get; } = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The relay's clock had come this far when it made the certificate: time is never earlier.</summary>
    public DateTimeOffset IssuedAt => new(Certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    public DateTimeOffset EndsAt => new(Certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>From the middle of its life on the certificate is renewed.</summary>
    public bool IsDueForRenewal(DateTimeOffset now) => now - Certificate.NotBefore > (Certificate.NotAfter - Certificate.NotBefore) / 2;

    public void Dispose()
    {
        Certificate.Dispose();
        Authority.Dispose();
        Key.Dispose();
    }
}
