using System.Security.Cryptography;
using AV1Relay.Api.Certificates;
using AV1Relay.Protos;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Certificates;

public sealed class DomainKeyTests
{
    private static readonly byte[] Statement = [1, 2, 3];

    [Fact]
    public void What_it_signs_is_checked_with_its_public_half_after_a_restart_too()
    {
        using var first = DomainKey.Generate();
        using var again = DomainKey.FromPem(first.ToPem());
        using var pinned = ECDsa.Create();
        pinned.ImportSubjectPublicKeyInfo(first.PublicKeyDer, out _);

        var signature = again.SignGrant(Statement);

        Assert.Equal(GrantSignature.Length, signature.Length);
        Assert.True(GrantSignature.Verify(pinned, Statement, signature));
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<CryptographicException>(() => DomainKey.FromPem(other.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void What_is_no_PEM_file_is_refused() => Assert.Throws<CryptographicException>(() => DomainKey.FromPem("not a key"));
}
