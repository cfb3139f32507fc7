using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

/// <summary>One table of records about pupils, whatever they are.</summary>
/// <param name="goesLast">It says who the pupil is, and stays as long as anything else does.</param>
internal abstract class PupilTable(RecordKind kind, bool goesLast) : RecordTable(kind)
{
    public bool GoesLast { get; } = goesLast;

    public abstract Type Row { get; }

    public abstract IQueryable<Guid> PupilsIn(RelayDbContext context);

    public abstract Task<IReadOnlyList<RecordFacts>> OfPupilAsync(RelayDbContext context, PupilId pupil, CancellationToken cancellationToken);
}

internal class PupilTable<TRow>(RecordKind kind, bool goesLast) : PupilTable(kind, goesLast)
    where TRow : PupilRecordRow
{
    public override Type Row => typeof(TRow);

    public override IQueryable<Guid> PupilsIn(RelayDbContext context) => Rows(context).Select(row => row.PupilId);

    public override Task<IReadOnlyList<RecordFacts>> OfPupilAsync(RelayDbContext context, PupilId pupil, CancellationToken cancellationToken) =>
        FactsAsync(context, Rows(context).Where(row => row.PupilId == pupil.Value), cancellationToken);

    public override Task<IReadOnlyList<RecordFacts>> FindAsync(
        RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        FactsAsync(context, Rows(context).Where(row => ids.Contains(row.Id)), cancellationToken);

    public override Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RelayDbContext context, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var rows = start is RetentionStart.Birth
            ? Rows(context).Where(row => context.PupilCards.Any(card => card.PupilId == row.PupilId && card.DateOfBirth <= upTo))
            : Rows(context).Where(row => row.RecordedOn <= upTo);
        if (after is { } last) rows = rows.Where(row => row.Id > last);
        if (GoesLast)
        {
            var stillThere = PupilTables.All.Where(table => !table.GoesLast).Select(table => table.PupilsIn(context)).Aggregate(Queryable.Concat);
            rows = rows.Where(row => !stillThere.Contains(row.PupilId));
        }

        return FactsAsync(context, rows.OrderBy(row => row.Id).Take(limit), cancellationToken);
    }

    public override async Task<KeptDocument?> ReadAsync(RelayDbContext context, Guid id, CancellationToken cancellationToken) =>
        await Rows(context).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new KeptDocument(row.Version, row.Document) : null;

    public override Task<int> DeleteAsync(RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        context.Set<TRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

    protected static IQueryable<TRow> Rows(RelayDbContext context) => context.Set<TRow>().AsNoTracking();

    protected async Task<IReadOnlyList<RecordFacts>> FactsAsync(
        RelayDbContext context, IQueryable<TRow> rows, CancellationToken cancellationToken)
    {
        var found = await rows
            .LeftJoin(
                context.PupilCards, row => row.PupilId, card => card.PupilId,
                (row, card) => new { row.Id, row.PupilId, row.RecordedOn, BornOn = card == null ? null : (LocalDate?)card.DateOfBirth })
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return
        [
            .. found.Select(row => new RecordFacts(
                row.Id, Kind.Slug, Kind.Class, row.RecordedOn, row.PupilId == Guid.Empty ? null : new PupilId(row.PupilId), row.BornOn,
                GoesLast)),
        ];
    }
}
