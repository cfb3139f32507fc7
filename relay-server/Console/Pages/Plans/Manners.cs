using AV1Relay.Domain.Agreements;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>How somebody can have said yes elsewhere.</summary>
internal static class Manners
{
    public static IReadOnlyList<Choice> All { get; } =
    [
        new(nameof(AgreementManner.InPerson), "In person"), new(nameof(AgreementManner.Call), "On the phone"),
        new(nameof(AgreementManner.VideoCall), "In a video call"), new(nameof(AgreementManner.Email), "By e-mail"),
        new(nameof(AgreementManner.Letter), "By letter"),
    ];
}
