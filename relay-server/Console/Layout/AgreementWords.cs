using AV1Relay.Application.People;
using AV1Relay.Domain.Agreements;
using AV1Relay.StaffConsole.Forms;
using NodaTime;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>How somebody told of a yes or a no, in words and as answers to choose from, and who wrote it down for them.</summary>
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

    public static string How(AgreementManner manner, WrittenDown? writtenDown, DateTimeZone zone) =>
        writtenDown is { } written
            ? $"{Of(manner)}, written down by {written.By} on {Words.Of(written.At.InZone(zone).Date)}."
            : $"{Of(manner)}.";
}
