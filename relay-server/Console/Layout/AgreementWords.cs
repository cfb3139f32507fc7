using AV1Relay.Application.People;
using AV1Relay.Domain.Agreements;
using NodaTime;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>How somebody told of a yes or a no, and who wrote it down for them.</summary>
internal static class AgreementWords
{
    public static string How(AgreementManner manner, WrittenDown? writtenDown, DateTimeZone zone) =>
        writtenDown is { } written
            ? $"{ArrangementWords.Of(manner)}, written down by {written.By} on {Words.Of(written.At.InZone(zone).Date)}."
            : $"{ArrangementWords.Of(manner)}.";
}
