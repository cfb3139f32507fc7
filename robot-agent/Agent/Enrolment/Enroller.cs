using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.State;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AV1Relay.RobotAgent.Enrolment;

/// <summary>Makes this robot known to its relay, once: docs/decisions/0007-enrolment.md.</summary>
internal static class Enroller
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>The name that the relay gave.</returns>
    /// <exception cref="EnrolmentException">It did not work; the message says what to do.</exception>
    /// <exception cref="StateException">The key or certificate can't be stored.</exception>
    public static async Task<string> EnrolAsync(
        Uri relay, EnrolmentCode code, StateFolder state, string agentVersion, TimeProvider time, CancellationToken cancellationToken)
    {
        var discovered = await DiscoverAsync(relay, cancellationToken);
        using var key = RobotKey.Create();
        var request = new EnrolRequest
        {
            CodeId = code.Id,
            CertificateSigningRequest = ByteString.CopyFrom(RobotKey.SigningRequest(key)),
            AgentVersion = agentVersion,
        };
        request.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForRequest(code, request));

        var reply = await CallAsync(discovered.RobotUrl, request, time, cancellationToken);
        if (!EnrolmentAuthenticator.Verify(code, request, reply))
            throw new EnrolmentException("The answer does not come from a relay that knows this code: somebody may be in between. Nothing was stored; ask whoever runs the network.");

        using var certificate = Load(reply.Certificate);
        using var authority = Load(reply.AuthorityCertificate);
        if (!RobotKey.IsFor(key, certificate))
            throw new EnrolmentException("The relay's certificate is not for this robot's key. Nothing was stored; ask for a new code.");
        if (!IsDomainKey(reply.DomainPublicKey.Span))
            throw new EnrolmentException("The relay's answer holds no key that grants are checked with. Nothing was stored; update the relay and ask for a new code.");
        state.SaveIdentity(key, certificate, authority, reply.DomainPublicKey.Memory);
        return reply.RobotName;
    }

    private static async Task<DiscoveredRelay> DiscoverAsync(Uri relay, CancellationToken cancellationToken)
    {
        try
        {
            // Nothing is known yet of the relay's certificate; the code authenticates both ends.
            using var http = new HttpClient(RelayTrust.NobodyYet()) { Timeout = Patience };
            return await RelayDiscovery.AskAsync(http, relay, cancellationToken);
        }
        catch (RelayUnreachableException problem)
        {
            throw new EnrolmentException(problem.Message);
        }
    }

    private static async Task<EnrolReply> CallAsync(Uri robotUrl, EnrolRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(robotUrl, new() { HttpHandler = RelayTrust.NobodyYet(), DisposeHttpClient = true });
        try
        {
            return await new Protos.V1.Enrolment.EnrolmentClient(channel)
                .EnrolAsync(request, deadline: (time.GetUtcNow() + Patience).UtcDateTime, cancellationToken: cancellationToken);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.PermissionDenied or StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.ResourceExhausted)
        {
            throw new EnrolmentException(refused.Status.Detail); // in words already
        }
        catch (RpcException failed)
        {
            throw new EnrolmentException($"The robots' endpoint {robotUrl} does not answer ({failed.StatusCode}): check that its port is open to this robot.");
        }
    }

    private static bool IsDomainKey(ReadOnlySpan<byte> der)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out var read);
            return read == der.Length && key.KeySize == 256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static X509Certificate2 Load(ByteString der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            throw new EnrolmentException("The relay's answer holds no certificate. Ask for a new code.");
        }
    }
}

/// <summary>Enrolment did not work. The message says what to do.</summary>
internal sealed class EnrolmentException(string message) : Exception(message);
