using System.Security.Cryptography;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Google.Protobuf;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class GrantVerifierTests : IDisposable
{
    private readonly PlayedDomain _domain = new();
    private readonly GrantVerifier _verifier;

    public GrantVerifierTests() => _verifier = _domain.Verifier();

    [Fact]
    public void A_grant_allows_what_its_statement_says_whatever_stands_beside_it()
    {
        var statement = PlayedDomain.AStatement();
        statement.Capabilities.Clear();
        statement.Capabilities.Add(Capability.See);
        var grant = _domain.Sign(statement);
        grant.Session = "another";
        grant.FencingNumber = 99;
        grant.Capabilities.Add(Enum.GetValues<Capability>());
        grant.NotBeforeUnixMs = 0;
        grant.NotAfterUnixMs = statement.NotAfterUnixMs + 1;
        grant.AdHoc = true;

        Assert.True(_verifier.TryVerify(grant, out var taken, out _));

        Assert.Equal(("lesson", 3UL, false), (taken.Session, taken.FencingNumber, taken.IsAdHoc));
        Assert.Equal(CapabilityBits.Of([Capability.See]), taken.Capabilities);
        Assert.Equal(statement.NotBeforeUnixMs, taken.NotBefore.ToUnixTimeMilliseconds());
        Assert.Equal(statement.NotAfterUnixMs, taken.NotAfter.ToUnixTimeMilliseconds());
        Assert.Equal(("http://127.0.0.1/whip/lesson", "secret"), (taken.WhipUrl.AbsoluteUri, taken.WhipToken));
    }

    [Fact]
    public void A_grant_without_a_statement_is_refused_as_unsigned()
    {
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.Statement = ByteString.Empty;

        Assert.Contains("not signed", Refused(grant), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_without_a_signature_is_refused_as_unsigned()
    {
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.Signature = ByteString.Empty;

        Assert.Contains("not signed", Refused(grant), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_signed_with_another_key_is_refused()
    {
        using var other = new PlayedDomain();

        Assert.Contains("not signed by the domain", Refused(other.Sign(PlayedDomain.AStatement())), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flipped_bit_of_a_statement_is_refused()
    {
        var good = _domain.Sign(PlayedDomain.AStatement());

        for (var bit = 0; bit < 8 * good.Statement.Length; bit++)
        {
            var changed = good.Clone();
            changed.Statement = Flip(good.Statement, bit);
            Assert.Contains("not signed by the domain", Refused(changed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_signature_is_refused()
    {
        var good = _domain.Sign(PlayedDomain.AStatement());

        for (var bit = 0; bit < 8 * good.Signature.Length; bit++)
        {
            var changed = good.Clone();
            changed.Signature = Flip(good.Signature, bit);
            Assert.Contains("not signed by the domain", Refused(changed), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(5_000)]
    public void A_signature_of_another_length_is_refused(int length)
    {
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.Signature = ByteString.CopyFrom(new byte[length]);

        Assert.Contains("not signed", Refused(grant), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_key_signed_for_another_purpose_is_no_grant()
    {
        var statement = PlayedDomain.AStatement().ToByteArray();
        var grant = _domain.Sign(statement);
        grant.Signature = ByteString.CopyFrom(
            _domain.Key.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

        Assert.Contains("not signed by the domain", Refused(grant), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_longer_than_any_of_ours_is_refused()
    {
        var statement = PlayedDomain.AStatement();
        statement.PupilDevice = new string('x', GrantSignature.MaxStatementLength);

        Assert.Contains("not signed by the domain", Refused(_domain.Sign(statement)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_for_another_robot_is_refused() =>
        Assert.Contains("another robot", Refused(statement => statement.RobotName = "robot-8"), StringComparison.Ordinal);

    [Fact]
    public void A_grant_for_no_robot_is_refused() =>
        Assert.Contains("another robot", Refused(statement => statement.RobotName = ""), StringComparison.Ordinal);

    [Fact]
    public void A_version_that_this_robot_does_not_know_is_refused() =>
        Assert.Contains("update the robot", Refused(statement => statement.Version = 2), StringComparison.Ordinal);

    [Fact]
    public void A_statement_about_something_else_is_refused() =>
        Assert.Contains("does not know", Refused(statement => statement.Purpose = "av1relay.other"), StringComparison.Ordinal);

    [Fact]
    public void A_grant_for_no_session_is_refused() =>
        Assert.Contains("no session", Refused(statement => statement.Session = ""), StringComparison.Ordinal);

    [Fact]
    public void A_grant_without_a_fencing_number_is_refused() =>
        Assert.Contains("no fencing number", Refused(statement => statement.FencingNumber = 0), StringComparison.Ordinal);

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_000, 999)]
    [InlineData(-1, 1_000)]
    [InlineData(0, long.MaxValue)]
    public void A_grant_with_an_impossible_window_is_refused(long notBefore, long notAfter) => Assert.Contains(
        "window is empty",
        Refused(statement => (statement.NotBeforeUnixMs, statement.NotAfterUnixMs) = (notBefore, notAfter)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ftp://relay/whip")]
    [InlineData("/whip/lesson")]
    [InlineData("")]
    public void A_grant_without_a_place_to_publish_is_refused(string url)
    {
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.WhipUrl = url;

        Assert.Contains("whip_url", Refused(grant), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://192.0.2.7:8080/whip/lesson", false)]
    [InlineData("http://relay.example.org/whip/lesson", false)]
    [InlineData("http://127.0.0.1:8080/whip/lesson", true)]
    [InlineData("http://localhost:8080/whip/lesson", true)]
    [InlineData("https://192.0.2.7:8443/whip/lesson", true)]
    public void A_robot_publishes_in_the_clear_on_its_own_computer_alone(string url, bool isTaken)
    {
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.WhipUrl = url;

        Assert.Equal(isTaken, _verifier.TryVerify(grant, out _, out var problem));
        Assert.Equal(!isTaken, problem?.Contains("--allow-http", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void A_robot_that_was_told_to_publishes_in_the_clear_elsewhere_too()
    {
        using var verifier = _domain.Verifier(publishesInTheClear: true);
        var grant = _domain.Sign(PlayedDomain.AStatement());
        grant.WhipUrl = "http://192.0.2.7:8080/whip/lesson";

        Assert.True(verifier.TryVerify(grant, out _, out _));
    }

    [Fact]
    public void What_is_signed_and_no_statement_is_refused() =>
        Assert.Contains("can't be read", Refused(_domain.Sign([0xFF, 0xFF, 0xFF])), StringComparison.Ordinal);

    [Fact]
    public void A_capability_that_this_robot_does_not_know_is_off()
    {
        var statement = PlayedDomain.AStatement();
        statement.Capabilities.Clear();
        statement.Capabilities.Add((Capability)33); // would be SEE's bit, had it been shifted

        Assert.True(_verifier.TryVerify(_domain.Sign(statement), out var taken, out _));

        Assert.Equal(0U, taken.Capabilities.Bits);
    }

    [Fact]
    public void A_robot_without_a_pinned_key_refuses_the_best_of_grants()
    {
        using var verifier = GrantVerifier.RefusingAll("Enrol the robot again.");

        Assert.False(verifier.TryVerify(_domain.Sign(PlayedDomain.AStatement()), out _, out var problem));

        Assert.Equal("Enrol the robot again.", problem);
    }

    public void Dispose()
    {
        _verifier.Dispose();
        _domain.Dispose();
    }

    private string Refused(Action<GrantStatement> change)
    {
        var statement = PlayedDomain.AStatement();
        change(statement);
        return Refused(_domain.Sign(statement));
    }

    private string Refused(Grant grant)
    {
        Assert.False(_verifier.TryVerify(grant, out var taken, out var problem));
        Assert.Null(taken);
        return problem;
    }

    private static ByteString Flip(ByteString bytes, int bit)
    {
        var changed = bytes.ToByteArray();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return ByteString.CopyFrom(changed);
    }
}
