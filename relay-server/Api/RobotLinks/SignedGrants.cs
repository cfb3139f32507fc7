using AV1Relay.Api.Certificates;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>Turns what the domain has decided about a session into a grant that the robot can check.</summary>
internal sealed class SignedGrants(DomainKey domainKey)
{
    /// <param name="now">For the record.</param>
    /// <returns>Without the place and the token to publish with: those carry no rights at the robot.</returns>
    public Grant Issue(StandingGrant standing, Instant now)
    {
        var statement = new GrantStatement
        {
            Purpose = GrantSignature.Purpose,
            Version = GrantSignature.Version,
            RobotName = standing.RobotName,
            Session = standing.Session,
            PupilDevice = standing.PupilDevice ?? string.Empty,
            NotBeforeUnixMs = standing.Window.Start.ToUnixTimeMilliseconds(),
            NotAfterUnixMs = standing.Window.End.ToUnixTimeMilliseconds(),
            FencingNumber = (ulong)standing.FencingNumber,
            AdHoc = standing.IsAdHoc,
            IssuedAtUnixMs = now.ToUnixTimeMilliseconds(),
        };
        statement.Capabilities.AddRange(ProtoCapabilities.From(standing.Capabilities));
        var signed = statement.ToByteString();
        var grant = new Grant
        {
            Session = statement.Session,
            FencingNumber = statement.FencingNumber,
            NotBeforeUnixMs = statement.NotBeforeUnixMs,
            NotAfterUnixMs = statement.NotAfterUnixMs,
            AdHoc = statement.AdHoc,
            Statement = signed,
            Signature = ByteString.CopyFrom(domainKey.SignGrant(signed.Span)),
        };
        grant.Capabilities.AddRange(statement.Capabilities);
        return grant;
    }
}
