using System.Security.Cryptography.X509Certificates;

namespace AV1Relay.Api.Certificates;

/// <summary>The certificate that this relay's TLS endpoints show; made anew in memory before the last one ends.</summary>
public sealed class ServerCertificates(CertificateAuthority authority, ServerNames names, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = CertificateAuthority.ServerCertificateLifetime / 3;
    private readonly Lock _lock = new();
    private readonly List<X509Certificate2> _issued = [];

    /// <summary>Good for at least 30 days from now. Stays ours: connections under way may still show an earlier one.</summary>
    public X509Certificate2 Current
    {
        get
        {
            var now = time.GetUtcNow();
            lock (_lock)
            {
                if (_issued is [.., var last] && last.NotAfter.ToUniversalTime() - RenewBefore > now.UtcDateTime)
                    return last;
                _issued.Add(authority.IssueServer(names, now));
                return _issued[^1];
            }
        }
    }

    public void Dispose() => _issued.ForEach(certificate => certificate.Dispose());
}
