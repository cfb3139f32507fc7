using NodaTime;

namespace AV1Relay.Storage.Records;

/// <summary>One record: the columns that are asked for, and the whole of it as a document.</summary>
internal abstract class RecordRow
{
    public Guid Id { get; set; }

    /// <summary>From 1; a change that was made to another version is not written.</summary>
    public long Version { get; set; }

    public Guid ChangedBy { get; set; }

    public Instant ChangedAt { get; set; }

    /// <summary>JSON: <see cref="RecordJson"/>.</summary>
    public string Document { get; set; } = "";
}

/// <summary>A record about one pupil. What is exported, erased or kept for a time is found by these columns.</summary>
internal abstract class PupilRecordRow : RecordRow
{
    public Guid PupilId { get; set; }

    /// <summary>The day it was made, or for something that went on, the day it ended: what its time of keeping is counted from.</summary>
    public LocalDate RecordedOn { get; set; }
}
