using AV1Relay.Api.Clock;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Api.SessionControl;

/// <summary>Whether the bearer of a good token may take part at this moment: a token outlives many a decision.</summary>
/// <remarks>An ad-hoc session is as its token says. A scheduled one takes its enrolled robot and the pupil's one device, while its grant stands.</remarks>
internal sealed class SessionDoor(GrantKeeper grants, RelayClock clock)
{
    public Outcome<Admission> Admit(SessionToken token)
    {
        if (IsAdHoc(token.Session)) return new Admission(token.Capabilities, null, Instant.FromDateTimeOffset(token.NotAfter));
        if (grants.Find(token.Session) is not { IsAdHoc: false } standing || !standing.Window.Contains(clock.Wall)) return grants.WhyNot(token.Session);
        return token switch
        {
            { Role: SessionRole.Robot } when token.RobotName != standing.RobotName => BearerRefusals.OtherRobot,
            { Role: SessionRole.Pupil } when token.Identity != standing.PupilIdentity => BearerRefusals.OtherDevice,
            _ => new Admission(new CapabilitySet(token.Capabilities.Flags & standing.Capabilities.Flags), standing.Capabilities, standing.Window.End),
        };
    }

    public static bool IsAdHoc(string session) => SessionId.TryParse(session, out var id) && id.IsAdHoc;
}

/// <param name="Capabilities">What the bearer may do now.</param>
/// <param name="OfSession">What the session allows now, whoever is in it; null: an ad-hoc session, which is not limited.</param>
/// <param name="Until">When it ends, as things are.</param>
internal sealed record Admission(CapabilitySet Capabilities, CapabilitySet? OfSession, Instant Until);
