using AV1Relay.Application.Arrangements;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>Reduced timetables in words.</summary>
internal static class ArrangementWords
{
    /// <summary>How somebody told of their agreement; not by a page, since then they do so themselves.</summary>
    public static readonly Choice[] Manners =
    [
        .. Enum.GetValues<AgreementManner>().Where(manner => manner != AgreementManner.Page).Select(manner => new Choice(manner.ToString(), Of(manner))),
    ];

    /// <summary>Whether it is in force, so that nobody has to work it out from dates.</summary>
    public static string Of(ReadArrangement arrangement) => arrangement.Standing switch
    {
        ArrangementStanding.Draft => "A draft. It is not in force.",
        ArrangementStanding.Agreed => $"Agreed. In force from {Date(arrangement.View.From)} to {Date(arrangement.LastDay)}.",
        ArrangementStanding.InForce => $"In force until {Date(arrangement.LastDay)}.",
        ArrangementStanding.Lapsed => $"Not in force any more. Its last day was {Date(arrangement.LastDay)}.",
        _ => $"Not in force any more. It was ended; its last day was {Date(arrangement.LastDay)}.",
    };

    public static string Of(AgreementManner manner) => manner switch
    {
        AgreementManner.InPerson => "In person",
        AgreementManner.Call => "On the phone",
        AgreementManner.VideoCall => "In a video call",
        AgreementManner.Email => "By e-mail",
        AgreementManner.Letter => "By letter",
        _ => "On this page",
    };

    private static string Date(NodaTime.LocalDate? date) => date is { } day ? Words.Of(day) : "a day that is not set";
}
