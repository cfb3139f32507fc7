using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Enrolment;
using AV1Relay.RobotAgent.State;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AV1Relay.RobotAgent.Link;

/// <summary>Asks for the next certificate when the present one is half over. The link goes on under the old one.</summary>
internal static class CertificateRenewal
{
    /// <summary>The relay answers within this time, or is asked again at the next look.</summary>
    internal static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    public static async Task RenewWhenDueAsync(
        GrpcChannel channel, RobotIdentity identity, StateFolder state, Action<DateTimeOffset> renewed, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (identity.IsDueForRenewal(time.GetUtcNow()) && await TryRenewAsync(channel, identity, state, time, logger, cancellationToken) is { } ends)
                {
                    renewed(ends);
                    return;
                }

                await Task.Delay(LookEvery, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The link is gone; the next one looks again.
        }
    }

    /// <returns>When the new one ends; null when there is none yet.</returns>
    private static async Task<DateTimeOffset?> TryRenewAsync(
        GrpcChannel channel, RobotIdentity identity, StateFolder state, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AnswerDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var request = new RenewRequest { CertificateSigningRequest = ByteString.CopyFrom(RobotKey.SigningRequest(identity.Key)) };
            var reply = await new Protos.V1.Enrolment.EnrolmentClient(channel).RenewAsync(request, cancellationToken: either.Token);
            using var renewed = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
            if (!RobotKey.IsFor(identity.Key, renewed)) throw new CryptographicException("The certificate is for another key.");
            state.SaveRenewed(renewed);
            LinkLog.Renewed(logger, renewed.NotAfter);
            return new DateTimeOffset(renewed.NotAfter);
        }
        catch (Exception problem) when (problem is RpcException or CryptographicException or StateException && !cancellationToken.IsCancellationRequested)
        {
            LinkLog.NotRenewed(logger, identity.Certificate.NotAfter, problem switch
            {
                RpcException when deadline.IsCancellationRequested => "The relay did not answer in time.",
                RpcException refused => refused.Status.Detail,
                _ => problem.Message,
            });
            return null;
        }
    }
}
