using AV1Relay.Application.Running;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Api.RobotLinks;

/// <summary>What one session allows at this moment, whether a technician opened it or it is on the calendar.</summary>
/// <param name="PupilDevice">The one device that the pupil takes part from; null: an ad-hoc session, which is bound to none.</param>
/// <param name="MayLastUntil">How far staff could put the end off: until then a token that was given out may be good.</param>
/// <param name="IsLive">A scheduled session that the pupil has come in to.</param>
internal sealed record StandingGrant(
    string Session, string RobotName, string? PupilDevice, CapabilitySet Capabilities, SessionWindow Window, long FencingNumber, Instant MayLastUntil, bool IsLive)
{
    public bool IsAdHoc => PupilDevice is null;

    /// <summary>Of the pupil's device, as tokens and rooms name it; null in an ad-hoc session.</summary>
    public string? PupilIdentity => PupilDevice is null ? null : IdentityOf(PupilDevice);

    public static string IdentityOf(string pupilDevice) => $"device:{pupilDevice}";

    public static StandingGrant Of(SessionBinding binding) => new(
        binding.Session, binding.RobotName, null, CapabilitySet.Everything, binding.Window, binding.FencingNumber, binding.Window.End, IsLive: false);

    public static StandingGrant Of(DecidedSession session, GrantedSession granted) => new(
        granted.Grant.Session.Value, granted.Grant.RobotName, granted.Grant.PupilDevice, granted.Grant.Capabilities, granted.Grant.Window,
        granted.Grant.FencingNumber, granted.MayLastUntil, session.State == SessionState.Live);

    public override string ToString() => $"{Session} #{FencingNumber}";
}
