using AV1Relay.Api.Certificates;
using AV1Relay.Api.Clock;
using AV1Relay.Domain.Robots;
using Grpc.Core;

namespace AV1Relay.Api.Enrolment;

/// <summary>Finds out which robot calls, by its client certificate.</summary>
internal sealed class RobotCertificates(CertificateAuthority authority, IRobotRegistry robots, RelayClock clock)
{
    /// <exception cref="RpcException"><see cref="StatusCode.Unauthenticated"/>, with what to do.</exception>
    public async Task<Robot> AuthenticateAsync(ServerCallContext context)
    {
        var certificate = await context.GetHttpContext().Connection.GetClientCertificateAsync(context.CancellationToken)
            ?? throw Refused("A robot comes with its certificate: enrol it first.");
        // TLS has looked at it when the connection began; a connection may outlive the certificate.
        if (!authority.IsOurClient(certificate, clock.WallOffset))
            throw Refused("The certificate is not from this relay, or its time is over: enrol the robot again.");
        var robot = await robots.FindByCertificateAsync(certificate.SerialNumber, context.CancellationToken)
            ?? throw Refused("This relay doesn't know the certificate: enrol the robot again.");
        return robot.IsRemoved ? throw Refused($"{robot.Name} has been removed from this relay.") : robot;
    }

    private static RpcException Refused(string words) => new(new Status(StatusCode.Unauthenticated, words));
}
