using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Referrals;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Referrals and missed days in words.</summary>
internal static class ReferralWords
{
    public static readonly Choice[] Kinds = [.. Enum.GetValues<ReferralKind>().Select(kind => new Choice(kind.ToString(), Of(kind)))];

    public static string Of(ReferralKind kind) => kind switch
    {
        ReferralKind.InclusionService => "Section 19: to the inclusion service",
        ReferralKind.EhcNeedsAssessment => "Request for an EHC needs assessment",
        _ => "Request for a SEND support consultation",
    };

    public static string Of(ReferralStatus status) => status switch
    {
        ReferralStatus.Draft or ReferralStatus.Assembled => "Draft: not signed off",
        ReferralStatus.SignedOff => "Signed off, not sent yet",
        ReferralStatus.Sent => "Sent, no answer yet",
        _ => "Answered",
    };

    public static string Of(RegistrationHalf half) => half is RegistrationHalf.Morning ? "Morning" : "Afternoon";
}
