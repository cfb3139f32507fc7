using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

/// <summary>One table of records that are kept for a time.</summary>
internal abstract class RecordTable(RecordKind kind)
{
    public RecordKind Kind { get; } = kind;

    public abstract Task<IReadOnlyList<RecordFacts>> FindAsync(
        RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RelayDbContext context, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken);

    public abstract Task<KeptDocument?> ReadAsync(RelayDbContext context, Guid id, CancellationToken cancellationToken);

    /// <summary>What of a document staff of the school may have; null when nothing.</summary>
    public virtual string? ForSchool(string document) => document;

    /// <returns>How many are gone.</returns>
    public abstract Task<int> DeleteAsync(RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Reads on until there are enough, where a page may have few that count.</summary>
    /// <param name="page">The next rows by id, and of each what it says where it counts.</param>
    protected static async Task<IReadOnlyList<RecordFacts>> ReadOnAsync(
        Guid? after, int limit, Func<Guid?, Task<IReadOnlyList<(Guid Id, RecordFacts? Facts)>>> page)
    {
        var found = new List<RecordFacts>();
        while (found.Count < limit)
        {
            var rows = await page(after);
            found.AddRange(rows.Select(row => row.Facts).OfType<RecordFacts>());
            if (rows.Count < limit) break;
            after = rows[^1].Id;
        }

        return [.. found.Take(limit)];
    }
}
