using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Xunit;

namespace AV1Relay.Tests.Unit.Protos;

public sealed class EnrolmentAuthenticatorTests
{
    private static readonly EnrolmentCode Code = new("ABCD", "EFGHJKMNPQRSTVWXYZ01");

    [Fact]
    public void A_known_request_has_its_known_authenticator() => Assert.Equal(
        KnownRequestAuthenticator, Convert.ToHexStringLower(EnrolmentAuthenticator.ForRequest(Code, Request())));

    [Fact]
    public void Both_ends_agree()
    {
        var request = Signed(Request());
        var reply = Reply();
        reply.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForReply(Code, request, reply));

        Assert.True(EnrolmentAuthenticator.Verify(Code, request));
        Assert.True(EnrolmentAuthenticator.Verify(Code, request, reply));
    }

    [Fact]
    public void Each_changed_field_of_the_request_is_noticed()
    {
        Assert.All<Action<EnrolRequest>>(
            [
                request => request.CodeId = "ABCE",
                request => request.CertificateSigningRequest = ByteString.CopyFromUtf8("another"),
                request => request.AgentVersion += "1",
                request => request.Authenticator = ByteString.Empty,
                request => request.Authenticator = ByteString.CopyFrom(request.Authenticator.Span[..31]),
            ],
            change =>
            {
                var request = Signed(Request());
                change(request);
                Assert.False(EnrolmentAuthenticator.Verify(Code, request));
            });
    }

    [Fact]
    public void Each_changed_field_of_the_reply_is_noticed()
    {
        var request = Signed(Request());
        Assert.All<Action<EnrolReply>>(
            [
                reply => reply.RobotName = "robot-2",
                reply => reply.Certificate = ByteString.CopyFromUtf8("x"),
                reply => reply.AuthorityCertificate = ByteString.CopyFromUtf8("x"),
                reply => reply.DomainPublicKey = ByteString.CopyFromUtf8("x"),
                reply => reply.Authenticator = ByteString.Empty,
            ],
            change =>
            {
                var reply = Reply();
                reply.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForReply(Code, request, reply));
                change(reply);
                Assert.False(EnrolmentAuthenticator.Verify(Code, request, reply));
            });
    }

    [Fact]
    public void A_reply_answers_only_its_own_request()
    {
        var request = Signed(Request());
        var reply = Reply();
        reply.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForReply(Code, request, reply));
        var other = Request();
        other.AgentVersion = "9.9.9";

        Assert.False(EnrolmentAuthenticator.Verify(Code, Signed(other), reply));
    }

    [Fact]
    public void Bytes_moved_from_one_field_to_the_next_are_noticed()
    {
        var one = Reply();
        (one.Certificate, one.AuthorityCertificate) = (ByteString.CopyFromUtf8("ab"), ByteString.CopyFromUtf8("c"));
        var two = Reply();
        (two.Certificate, two.AuthorityCertificate) = (ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("bc"));
        var request = Signed(Request());

        Assert.NotEqual(
            EnrolmentAuthenticator.ForReply(Code, request, one), EnrolmentAuthenticator.ForReply(Code, request, two));
    }

    [Fact]
    public void Another_secret_gives_another_authenticator() =>
        Assert.False(EnrolmentAuthenticator.Verify(Code with { Secret = "EFGHJKMNPQRSTVWXYZ02" }, Signed(Request())));

    /// <summary>Computed apart from this code: <c>printf … | openssl dgst -sha256 -hmac EFGHJKMNPQRSTVWXYZ01</c>.</summary>
    private const string KnownRequestAuthenticator = "2c1b079b797706eb4cd1cdbeab68246e71c9800fc144d774e510501718198fbb";

    private static EnrolRequest Request() => new()
    {
        CodeId = "ABCD",
        CertificateSigningRequest = ByteString.CopyFromUtf8("request"),
        AgentVersion = "1.0.0",
    };

    private static EnrolRequest Signed(EnrolRequest request)
    {
        request.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForRequest(Code, request));
        return request;
    }

    private static EnrolReply Reply() => new()
    {
        RobotName = "robot-1",
        Certificate = ByteString.CopyFromUtf8("certificate"),
        AuthorityCertificate = ByteString.CopyFromUtf8("authority"),
        DomainPublicKey = ByteString.CopyFromUtf8("key"),
    };
}
