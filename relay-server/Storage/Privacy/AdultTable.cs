using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

/// <summary>One table of records about adults.</summary>
internal abstract class AdultTable<TRow>(string slug, string name) : RecordTable(new RecordKind(slug, name, RetentionClass.Adult))
    where TRow : RecordRow
{
    public override async Task<IReadOnlyList<RecordFacts>> FindAsync(
        RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await Rows(context).Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. (await OutOfUseAsync(context, rows, cancellationToken)).OfType<RecordFacts>()];
    }

    /// <remarks>What was changed later than that day had not ended before it.</remarks>
    public override Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RelayDbContext context, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var before = upTo.PlusDays(1).AtMidnight().InUtc().ToInstant();
        return ReadOnAsync(after, limit, async last =>
        {
            var rows = Rows(context).Where(row => row.ChangedAt < before);
            if (last is { } id) rows = rows.Where(row => row.Id > id);
            var page = await rows.OrderBy(row => row.Id).Take(limit).ToListAsync(cancellationToken);
            return [.. page.Select(row => row.Id).Zip(await OutOfUseAsync(context, page, cancellationToken))];
        });
    }

    public override async Task<KeptDocument?> ReadAsync(RelayDbContext context, Guid id, CancellationToken cancellationToken) =>
        await Rows(context).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row
            ? new KeptDocument(row.Version, row.Document)
            : null;

    public override Task<int> DeleteAsync(RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        context.Set<TRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

    /// <returns>One for each row; null for one that is in use.</returns>
    protected abstract Task<IReadOnlyList<RecordFacts?>> OutOfUseAsync(
        RelayDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken);

    protected static IQueryable<TRow> Rows(RelayDbContext context) => context.Set<TRow>().AsNoTracking();

    protected RecordFacts Facts(TRow row, Instant over) => new(row.Id, Kind.Slug, Kind.Class, over.InUtc().Date);
}
