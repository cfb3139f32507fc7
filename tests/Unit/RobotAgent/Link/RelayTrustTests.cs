using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.RobotAgent.Link;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Link;

public sealed class RelayTrustTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private readonly X509Certificate2 _authority = Authority();
    private readonly X509Certificate2 _stranger = Authority();

    [Fact]
    public void The_pinned_authoritys_server_is_believed_whatever_its_name()
    {
        using var server = Issue(_authority, ServerAuthentication);

        Assert.True(RelayTrust.IsPinned(server, _authority, Now, Now));
    }

    [Fact]
    public void Another_authority_of_the_same_name_is_not()
    {
        using var server = Issue(_stranger, ServerAuthentication);

        Assert.False(RelayTrust.IsPinned(server, _authority, Now, Now));
    }

    [Fact]
    public void Another_robot_cannot_pose_as_the_relay()
    {
        using var robot = Issue(_authority, ClientAuthentication);

        Assert.False(RelayTrust.IsPinned(robot, _authority, Now, Now));
    }

    [Fact]
    public void No_certificate_is_no_relay() => Assert.False(RelayTrust.IsPinned(null, _authority, Now, Now));

    [Fact]
    public void A_certificate_whose_time_is_over_is_not_believed()
    {
        using var server = Issue(_authority, ServerAuthentication);

        Assert.False(RelayTrust.IsPinned(server, _authority, Now, Now.AddDays(90)));
    }

    [Fact]
    public void A_robot_that_woke_up_in_the_past_still_finds_its_relay_and_nobody_else()
    {
        var past = new DateTimeOffset(1970, 1, 1, 0, 1, 0, TimeSpan.Zero);
        using var server = Issue(_authority, ServerAuthentication);
        using var other = Issue(_stranger, ServerAuthentication);

        Assert.True(RelayTrust.IsPinned(server, _authority, knownTime: Now, wallClock: past));
        Assert.False(RelayTrust.IsPinned(other, _authority, knownTime: Now, wallClock: past));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=AV1Relay", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(9));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=relay", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request.Create(authority, Now.AddDays(-1), Now.AddDays(30), [1, 2, 3, 4]);
    }
}
