using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.People;

internal sealed class PupilCardRow : PupilRecordRow
{
    /// <summary>For the time of keeping of everything on the pupil.</summary>
    public LocalDate DateOfBirth { get; set; }
}
