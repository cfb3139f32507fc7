using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Api.Certificates;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Certificates;

public sealed class CertificateAuthorityTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 9, 10, 0, 0, TimeSpan.Zero);
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(Now);
    private readonly ECDsa _robotKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _authority.Dispose();
        _robotKey.Dispose();
    }

    [Fact]
    public void A_robots_certificate_is_for_its_key_its_name_and_thirty_days_as_a_client()
    {
        using var certificate = Issue(Request())!;

        Assert.Equal("CN=robot-1", certificate.Subject);
        Assert.Equal(_robotKey.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(Now.AddDays(30).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        var use = Assert.Single(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages;
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(use.Cast<Oid>()).Value);
        Assert.True(_authority.IsOurClient(certificate, Now));
    }

    [Fact]
    public void A_certificate_is_no_good_before_or_after_its_time()
    {
        using var certificate = Issue(Request())!;

        Assert.False(_authority.IsOurClient(certificate, Now.AddDays(-1)));
        Assert.False(_authority.IsOurClient(certificate, Now.AddDays(30).AddSeconds(1)));
    }

    [Fact]
    public void Another_authoritys_certificate_is_not_ours()
    {
        using var other = CertificateAuthority.Create(Now);
        using var certificate = other.IssueRobot(Request(), "robot-1", Now, out _)!;

        Assert.False(_authority.IsOurClient(certificate, Now));
    }

    [Fact]
    public void A_server_certificate_does_not_make_a_robot()
    {
        using var server = _authority.IssueServer(new ServerNames(["localhost"], [IPAddress.Loopback]), Now);

        Assert.False(_authority.IsOurClient(server, Now));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.True(server.MatchesHostname("localhost"));
        Assert.False(server.MatchesHostname("elsewhere"));
    }

    [Fact]
    public void A_request_can_not_ask_for_another_name_or_for_more_rights()
    {
        var greedy = new CertificateRequest("CN=robot-2", _robotKey, HashAlgorithmName.SHA256);
        greedy.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));

        using var certificate = Issue(greedy.CreateSigningRequest())!;

        Assert.Equal("CN=robot-1", certificate.Subject);
        Assert.False(Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
    }

    [Fact]
    public void Another_kind_of_key_is_refused_in_words()
    {
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[][] requests =
        [
            new CertificateRequest("CN=r", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(),
            new CertificateRequest("CN=r", p384, HashAlgorithmName.SHA256).CreateSigningRequest(),
        ];

        Assert.All(requests, request =>
        {
            Assert.Null(_authority.IssueRobot(request, "robot-1", Now, out var problem));
            Assert.NotNull(problem);
        });
    }

    [Fact]
    public void Every_shortened_or_changed_request_is_refused()
    {
        var request = Request();
        for (var length = 0; length < request.Length; length++)
            Assert.Null(_authority.IssueRobot(request.AsSpan(0, length), "robot-1", Now, out _));
        for (var index = 0; index < request.Length; index++)
        {
            var changed = request.ToArray();
            changed[index] ^= 1;
            Assert.Null(_authority.IssueRobot(changed, "robot-1", Now, out _));
        }

        Assert.Null(_authority.IssueRobot([.. request, 0], "robot-1", Now, out _));
    }

    [Fact]
    public void An_authority_survives_being_written_and_read()
    {
        using var certificate = Issue(Request())!;
        using var again = CertificateAuthority.FromPem(_authority.ToPem());

        Assert.True(again.IsOurClient(certificate, Now));
        using var next = again.IssueRobot(Request(), "robot-1", Now, out _)!;
        Assert.True(_authority.IsOurClient(next, Now));
        Assert.NotEqual(certificate.SerialNumber, next.SerialNumber);
    }

    private byte[] Request() => new CertificateRequest("CN=robot", _robotKey, HashAlgorithmName.SHA256).CreateSigningRequest();

    private X509Certificate2? Issue(byte[] request) => _authority.IssueRobot(request, "robot-1", Now, out _);
}
