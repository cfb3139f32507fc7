using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NodaTime;

namespace AV1Relay.Storage.Records;

/// <summary>Records of one kind, between their rows and the domain's values.</summary>
internal abstract class RecordSet<TRow, TId, T>(RelayDbContext context, PersonId who, Instant now) : IRecordSet<TId, T>
    where TRow : RecordRow, new()
    where T : class
{
    protected IQueryable<TRow> Rows => context.Set<TRow>().AsNoTracking();

    public async Task<Kept<T>?> FindAsync(TId id, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        return await Rows.FirstOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? ToKept(row) : null;
    }

    public Task<IReadOnlyList<Kept<T>>> FindAllAsync(IReadOnlyCollection<TId> ids, CancellationToken cancellationToken)
    {
        List<Guid> keys = [.. ids.Select(KeyOf)];
        return ReadAsync(Rows.Where(row => keys.Contains(row.Id)), cancellationToken);
    }

    public void Add(T record) => AddRow(record);

    public void Replace(Kept<T> kept, T next)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var row = NewRow(next, kept.Version + 1);
        // As it was read: another version in the database makes the update miss, which the commit sees.
        var changed = context.Update(row);
        changed.Property(entry => entry.Version).OriginalValue = kept.Version;
        KeepWhatIsNotInTheDocument(changed);
    }

    protected TRow AddRow(T record) => context.Add(NewRow(record, version: 1)).Entity;

    protected abstract Guid KeyOf(TId id);

    protected abstract TId IdOf(T record);

    /// <summary>The columns that are asked for.</summary>
    protected abstract void Fill(TRow row, T record);

    /// <summary>Columns that can't be filled from a record alone stay as they are.</summary>
    protected virtual void KeepWhatIsNotInTheDocument(EntityEntry<TRow> changed)
    {
    }

    protected static Kept<T> ToKept(TRow row) =>
        new(RecordJson.Read<T>(row.Document), row.Version, new PersonId(row.ChangedBy), row.ChangedAt);

    protected static async Task<IReadOnlyList<Kept<T>>> ReadAsync(IQueryable<TRow> rows, CancellationToken cancellationToken) =>
        [.. (await rows.ToListAsync(cancellationToken)).Select(ToKept)];

    private TRow NewRow(T record, long version)
    {
        ArgumentNullException.ThrowIfNull(record);
        var row = new TRow { Id = KeyOf(IdOf(record)), Version = version, ChangedBy = who.Value, ChangedAt = now, Document = RecordJson.Write(record) };
        Fill(row, record);
        return row;
    }
}

/// <summary>Records about pupils.</summary>
internal abstract class PupilRecordSet<TRow, TId, T>(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<TRow, TId, T>(context, who, now), IPupilRecordSet<TId, T>
    where TRow : PupilRecordRow, new()
    where T : class
{
    public Task<IReadOnlyList<Kept<T>>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.PupilId == pupil.Value).OrderBy(row => row.RecordedOn).ThenBy(row => row.Id), cancellationToken);

    public Task<IReadOnlyList<Kept<T>>> OfPupilsAsync(IReadOnlyCollection<PupilId> pupils, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. pupils.Select(pupil => pupil.Value)];
        return ReadAsync(Rows.Where(row => ids.Contains(row.PupilId)), cancellationToken);
    }
}
