using AV1Relay.Api.Certificates;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>Turns what the domain has decided about a session into a grant that the robot can check.</summary>
internal sealed class SignedGrants(DomainKey domainKey)
{
    /// <param name="binding">Session, robot, window and fencing number.</param>
    /// <param name="capabilities">What the session's step allows.</param>
    /// <param name="pupilDevice">The one device that the pupil takes part from; null: not bound to one.</param>
    /// <param name="isAdHoc">A technician's session.</param>
    /// <param name="now">For the record.</param>
    /// <returns>Without the place and the token to publish with: those carry no rights at the robot.</returns>
    public Grant Issue(SessionBinding binding, CapabilitySet capabilities, string? pupilDevice, bool isAdHoc, Instant now)
    {
        var statement = new GrantStatement
        {
            Purpose = GrantSignature.Purpose,
            Version = GrantSignature.Version,
            RobotName = binding.RobotName,
            Session = binding.Session,
            PupilDevice = pupilDevice ?? string.Empty,
            NotBeforeUnixMs = binding.Window.Start.ToUnixTimeMilliseconds(),
            NotAfterUnixMs = binding.Window.End.ToUnixTimeMilliseconds(),
            FencingNumber = (ulong)binding.FencingNumber,
            AdHoc = isAdHoc,
            IssuedAtUnixMs = now.ToUnixTimeMilliseconds(),
        };
        statement.Capabilities.AddRange(ProtoCapabilities.From(capabilities));
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
