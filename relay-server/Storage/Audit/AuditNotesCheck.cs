using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

/// <summary>Holds all that was noted outside the database against the entries that are there.</summary>
internal sealed class AuditNotesCheck(RelayDbContext context)
{
    /// <summary>Of the notes that fit to no entry, the one of the lowest number.</summary>
    public AuditNote? FirstMisfit { get; private set; }

    /// <summary>The highest number that was ever noted; 0: none.</summary>
    public long Newest { get; private set; }

    /// <param name="notes">Nearly in order, so that their entries are close together.</param>
    /// <param name="entries">How many hold, counted from the first; notes of others say nothing more.</param>
    public async Task AddAsync(IReadOnlyCollection<AuditNote> notes, long entries, CancellationToken cancellationToken)
    {
        Newest = Math.Max(Newest, notes.Max(note => note.Number));
        var wanted = notes.Where(note => note.Number > 0 && note.Number <= entries).ToLookup(note => note.Number);
        if (wanted.Count == 0) return;
        var (first, last) = (wanted.Min(note => note.Key), wanted.Max(note => note.Key));
        var rows = context.Audit.AsNoTracking().Where(row => row.Number >= first && row.Number <= last).OrderBy(row => row.Number)
            .Select(row => new { row.Number, row.Hash });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (FirstMisfit?.Number <= row.Number) return;
            if (wanted[row.Number].FirstOrDefault(note => !note.Fits(row.Hash)) is { } misfit) FirstMisfit = misfit;
        }
    }
}
