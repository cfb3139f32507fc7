using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.People;

internal sealed class SchoolingRow : PupilRecordRow
{
    /// <summary>The school that the pupil is at, was last at, or will be at; null before the first.</summary>
    public Guid? SchoolId { get; set; }

    /// <summary>The one before it: where the pupil still is while a move lies ahead.</summary>
    public Guid? EarlierSchoolId { get; set; }
}
