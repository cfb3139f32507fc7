using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Protos.V1;
using Google.Protobuf;

namespace AV1Relay.Protos;

/// <summary>Authenticates enrolment with the code that both ends know, before the robot can trust the relay's certificate.</summary>
/// <remarks>
/// HMAC-SHA256 keyed with the secret's twenty ASCII characters over a label and the fields in a fixed order, each after its
/// length in bytes as 32 bits, big-endian: no two messages share an encoding, whatever protobuf writes. The reply covers the
/// request's authenticator, so that it answers this request and no other.
/// </remarks>
public static class EnrolmentAuthenticator
{
    private const string RequestLabel = "av1relay enrol request v1";
    private const string ReplyLabel = "av1relay enrol reply v1";

    /// <summary>What belongs into <see cref="EnrolRequest.Authenticator"/>; covers every other field.</summary>
    public static byte[] ForRequest(EnrolmentCode code, EnrolRequest request) => Compute(
        code,
        RequestLabel,
        ByteString.CopyFromUtf8(request.CodeId),
        request.CertificateSigningRequest,
        ByteString.CopyFromUtf8(request.AgentVersion));

    /// <summary>What belongs into <see cref="EnrolReply.Authenticator"/>; covers every other field and the request.</summary>
    public static byte[] ForReply(EnrolmentCode code, EnrolRequest request, EnrolReply reply) => Compute(
        code,
        ReplyLabel,
        request.Authenticator,
        ByteString.CopyFromUtf8(reply.RobotName),
        reply.Certificate,
        reply.AuthorityCertificate,
        reply.DomainPublicKey);

    /// <summary>Whether the sender of the request knows the code. Takes the same time whatever differs.</summary>
    public static bool Verify(EnrolmentCode code, EnrolRequest request) =>
        CryptographicOperations.FixedTimeEquals(ForRequest(code, request), request.Authenticator.Span);

    /// <summary>Whether the reply to <paramref name="request"/> comes from a relay that knows the code.</summary>
    public static bool Verify(EnrolmentCode code, EnrolRequest request, EnrolReply reply) =>
        CryptographicOperations.FixedTimeEquals(ForReply(code, request, reply), reply.Authenticator.Span);

    private static byte[] Compute(EnrolmentCode code, string label, params ReadOnlySpan<ByteString> fields)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(code.Secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(label));
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            hmac.AppendData(length);
            hmac.AppendData(field.Span);
        }

        return hmac.GetHashAndReset();
    }
}
