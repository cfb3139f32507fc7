using System.Security.Cryptography.X509Certificates;
using AV1Relay.Api.Certificates;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Metrics;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.Api.Enrolment;

/// <summary>Gives a robot its name and certificate: docs/decisions/0007-enrolment.md.</summary>
internal sealed class EnrolmentService(
    IEnrolmentCodes codes,
    IRobotRegistry robots,
    CertificateAuthority authority,
    DomainKey domainKey,
    RobotCertificates certificates,
    SourceGuards guards,
    IAuditLog audit,
    RelayClock clock,
    RelayMetrics metrics,
    ILogger<EnrolmentService> logger) : Protos.V1.Enrolment.EnrolmentBase
{
    private const int MaxSigningRequestLength = 4_096; // bytes; a P-256 one has about 250
    private const int MaxVersionLength = 64;
    private readonly SourceGuard _sources = guards.Enrolment;

    public override async Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
    {
        var source = context.GetHttpContext().Connection.RemoteIpAddress;
        if (request.CodeId.Length != EnrolmentCode.IdLength || request.AgentVersion.Length > MaxVersionLength
            || request.CertificateSigningRequest.Length is 0 or > MaxSigningRequestLength)
        {
            throw Refuse("malformed", StatusCode.InvalidArgument, "A field of the request is missing or too long.");
        }

        // Charged before the code is looked up, so that guesses side by side all count.
        if (_sources.Charge(source) > TimeSpan.Zero)
            throw Refuse("paused", StatusCode.ResourceExhausted, "Too many wrong codes from here: wait some minutes and try again.");
        var (code, school) = await FindUsableAsync(request, source, context.CancellationToken);
        // Made before the code is used up, so that a robot with a bad request can try again; the name comes with the use.
        using (var trial = authority.IssueRobot(request.CertificateSigningRequest.Span, "trial", clock.WallOffset, out var problem))
        {
            if (trial is null)
                throw Refuse("malformed", StatusCode.InvalidArgument, problem!); // words are given whenever null is
        }

        var stationed = school is null ? "" : $", school {school}";
        var robot = await codes.UseAsync(
            code.Id, clock.Wall,
            name => new AuditEntry(clock.Wall, $"code {code.Id}", "robot.enrolled", name, $"agent {request.AgentVersion}{stationed}"),
            context.CancellationToken)
            ?? throw Refuse("used", StatusCode.FailedPrecondition, "The code has just been used: ask for a new one.");
        // From here on a caller that goes away changes nothing: what was done is recorded.
        using var certificate = await IssueAsync(robot, request.CertificateSigningRequest, CancellationToken.None);
        _sources.OnRight(source);
        metrics.EnrolmentTried("enrolled");
        EnrolmentLog.Enrolled(logger, robot.Name, code.Id);

        var reply = new EnrolReply
        {
            RobotName = robot.Name,
            Certificate = ByteString.CopyFrom(certificate.RawDataMemory.Span),
            AuthorityCertificate = ByteString.CopyFrom(authority.CertificateDer.Span),
            DomainPublicKey = ByteString.CopyFrom(domainKey.PublicKeyDer),
        };
        reply.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForReply(code, request, reply));
        return reply;
    }

    public override async Task<RenewReply> Renew(RenewRequest request, ServerCallContext context)
    {
        var robot = await certificates.AuthenticateAsync(context);
        if (request.CertificateSigningRequest.Length is 0 or > MaxSigningRequestLength)
            throw Refuse("malformed", StatusCode.InvalidArgument, "The certificate request is missing or too long.");
        using var certificate = await IssueAsync(robot, request.CertificateSigningRequest, context.CancellationToken);
        await audit.AppendAsync(
            new AuditEntry(clock.Wall, $"robot {robot.Name}", "robot.renewed", robot.Name, $"serial number {certificate.SerialNumber}"),
            context.CancellationToken);
        EnrolmentLog.Renewed(logger, robot.Name);
        return new RenewReply { Certificate = ByteString.CopyFrom(certificate.RawDataMemory.Span) };
    }

    /// <summary>Finds the code that a try, charged already, is about; one that was no guess is refunded.</summary>
    private async Task<(EnrolmentCode Code, SchoolId? School)> FindUsableAsync(
        EnrolRequest request, System.Net.IPAddress? source, CancellationToken cancellationToken)
    {
        StoredEnrolmentCode? stored;
        try
        {
            stored = await codes.FindAsync(request.CodeId, cancellationToken);
        }
        catch
        {
            _sources.Refund(source); // cancelled, or the database failed: nobody learnt anything
            throw;
        }

        switch (stored?.StandingAt(clock.Wall))
        {
            case EnrolmentCodeStanding.Used:
                _sources.Refund(source);
                throw Refuse("used", StatusCode.FailedPrecondition, "The code has been used: ask for a new one.");
            case EnrolmentCodeStanding.Expired:
                _sources.Refund(source);
                throw Refuse("expired", StatusCode.FailedPrecondition, "The code's time is over: ask for a new one.");
            case EnrolmentCodeStanding.Dead:
                throw Refuse("dead", StatusCode.FailedPrecondition, "The code was tried wrongly too often: ask for a new one.");
            case EnrolmentCodeStanding.Usable:
                var code = new EnrolmentCode(stored.Id, stored.Secret);
                if (EnrolmentAuthenticator.Verify(code, request))
                {
                    _sources.Refund(source);
                    return (code, stored.School);
                }

                await codes.CountWrongTryAsync(stored.Id, cancellationToken);
                EnrolmentLog.WrongSecret(logger, stored.Id, stored.WrongTries + 1);
                break;
        }

        throw Refuse("wrong", StatusCode.PermissionDenied, "The code is wrong: look at each character, or ask for a new one.");
    }

    private async Task<X509Certificate2> IssueAsync(Robot robot, ByteString signingRequest, CancellationToken cancellationToken)
    {
        var certificate = authority.IssueRobot(signingRequest.Span, robot.Name, clock.WallOffset, out var problem)
            ?? throw Refuse("malformed", StatusCode.InvalidArgument, problem!); // words are given whenever null is
        var notAfter = Instant.FromDateTimeUtc(certificate.NotAfter.ToUniversalTime());
        await robots.AddCertificateAsync(new RobotCertificate(certificate.SerialNumber, robot.Name, notAfter), cancellationToken);
        return certificate;
    }

    private RpcException Refuse(string outcome, StatusCode code, string words)
    {
        metrics.EnrolmentTried(outcome);
        return new RpcException(new Status(code, words));
    }
}

internal static partial class EnrolmentLog
{
    [LoggerMessage(3001, LogLevel.Information, "{Robot} was enrolled with code {CodeId}")]
    public static partial void Enrolled(ILogger logger, string robot, string codeId);

    [LoggerMessage(3002, LogLevel.Information, "{Robot} renewed its certificate")]
    public static partial void Renewed(ILogger logger, string robot);

    [LoggerMessage(3003, LogLevel.Warning, "Enrolment code {CodeId} was named without its secret, for the {Count}. time")]
    public static partial void WrongSecret(ILogger logger, string codeId, int count);
}
