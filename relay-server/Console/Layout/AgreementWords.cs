using AV1Relay.Domain.Agreements;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>How somebody told of their agreement, in words and as answers to choose from.</summary>
internal static class AgreementWords
{
    /// <summary>As somebody else writes it down: not by a page, since then they do so themselves.</summary>
    public static readonly Choice[] Manners =
    [
        .. Enum.GetValues<AgreementManner>().Where(manner => manner != AgreementManner.Page).Select(manner => new Choice(manner.ToString(), Of(manner))),
    ];

    public static string Of(AgreementManner manner) => manner switch
    {
        AgreementManner.InPerson => "In person",
        AgreementManner.Call => "On the phone",
        AgreementManner.VideoCall => "In a video call",
        AgreementManner.Email => "By e-mail",
        AgreementManner.Letter => "By letter",
        _ => "On this page",
    };
}
