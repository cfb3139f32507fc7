using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

public sealed class FingerprintTests
{
    private const string Sha256 =
        "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    [Theory]
    [InlineData("sha-256", 32)]
    [InlineData("sha-384", 48)]
    [InlineData("sha-512", 64)]
    public void What_is_written_is_read_back(string algorithm, int length)
    {
        var value = new byte[length];
        new Random(1).NextBytes(value);
        var fingerprint = new Fingerprint(algorithm, [.. value]);

        Assert.True(Fingerprint.TryParse(fingerprint.ToString(), out var read));
        Assert.Equal(fingerprint, read);
        Assert.Equal(fingerprint.GetHashCode(), read.GetHashCode());
    }

    [Fact]
    public void Letter_case_does_not_matter_when_reading()
    {
        Assert.True(Fingerprint.TryParse(Sha256, out var upper));
        Assert.True(Fingerprint.TryParse(Sha256.ToLowerInvariant().Replace("sha", "SHA", StringComparison.Ordinal), out var lower));
        Assert.Equal(upper, lower);
        Assert.Equal(Sha256, lower.ToString());
    }

    [Fact]
    public void Every_truncation_and_every_foreign_character_is_refused()
    {
        for (var length = 0; length < Sha256.Length; length++) Assert.False(Fingerprint.TryParse(Sha256[..length], out _));
        for (var i = 0; i < Sha256.Length; i++)
        {
            foreach (var character in " g:Z\0é")
            {
                if (Sha256[i] == character) continue;
                Assert.False(Fingerprint.TryParse(string.Concat(Sha256.AsSpan(0, i), [character], Sha256.AsSpan(i + 1)), out _));
            }
        }

        Assert.False(Fingerprint.TryParse(Sha256 + ":00", out _));
        Assert.False(Fingerprint.TryParse(null, out _));
        Assert.False(Fingerprint.TryParse(new string('A', 100_000), out _));
    }

    [Theory]
    [InlineData("md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    [InlineData("sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33")]
    public void Weak_hashes_are_refused(string text) => Assert.False(Fingerprint.TryParse(text, out _));

    [Fact]
    public void A_fingerprint_knows_its_certificate_by_its_own_algorithm()
    {
        byte[] der = [1, 2, 3];
        Assert.True(Fingerprint.OfCertificate(der).IsOf(der));
        Assert.True(new Fingerprint("sha-512", [.. SHA512.HashData(der)]).IsOf(der));
        Assert.True(new Fingerprint("sha-384", [.. SHA384.HashData(der)]).IsOf(der));
        Assert.False(new Fingerprint("sha-512", [.. SHA512.HashData(der)]).IsOf([1, 2, 4]));
        Assert.False(new Fingerprint("sha-256", [.. SHA512.HashData(der)]).IsOf(der));
        Assert.NotEqual(Fingerprint.OfCertificate(der), Fingerprint.OfCertificate([1, 2, 4]));
    }
}
