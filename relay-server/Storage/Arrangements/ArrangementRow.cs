using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Arrangements;

internal sealed class ArrangementRow : RecordAtSchoolRow
{
    public LocalDate? Until { get; set; }

    public LocalDate? NextReviewOn { get; set; }

    /// <summary>It was activated, and nobody has ended it.</summary>
    public bool IsActive { get; set; }
}
