using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NodaTime;

namespace AV1Relay.Storage.Records;

/// <summary>A record about one pupil that stands in one school's lists.</summary>
internal abstract class RecordAtSchoolRow : PupilRecordRow
{
    /// <summary>Where it was made; not in the document.</summary>
    public Guid SchoolId { get; set; }
}

internal abstract class RecordSetAtSchools<TRow, TId, T>(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<TRow, TId, T>(context, who, now), IRecordSetAtSchools<TId, T>
    where TRow : RecordAtSchoolRow, new()
    where T : class
{
    public void Add(T record, SchoolId school) => AddRow(record).SchoolId = school.Value;

    protected override void KeepWhatIsNotInTheDocument(EntityEntry<TRow> changed) => changed.Property(row => row.SchoolId).IsModified = false;
}
