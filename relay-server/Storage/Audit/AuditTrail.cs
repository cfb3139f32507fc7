using AV1Relay.Domain.Audit;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

/// <summary>Appends to the chain within a transaction that has begun.</summary>
internal static class AuditTrail
{
    /// <returns>The newest row, to be noted outside the database once the transaction is committed.</returns>
    public static async Task<AuditRow> AppendAsync(
        RelayDbContext context, AuditHeads heads, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellationToken)
    {
        // One writer at a time: two processes can't both follow the same last entry.
        await context.LockAsync(WritingSubject.Audit, cancellationToken);
        var newest = await context.Audit.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is null) heads.NoteBeginning();
        if (heads.Length is null) heads.NoteLoss(newest?.Number ?? 0);
        foreach (var entry in WithGap(newest, heads.ReadLast(), entries))
        {
            var row = new AuditRow
            {
                Number = (newest?.Number ?? 0) + 1,
                At = entry.At,
                Who = entry.Who,
                What = entry.What,
                Subject = entry.Subject,
                Detail = entry.Detail,
                Hash = [],
            };
            row.Hash = AuditChain.Hash(newest?.Hash ?? AuditChain.Start, row);
            context.Audit.Add(row);
            newest = row;
        }

        await context.SaveChangesAsync(cancellationToken);
        return newest ?? throw new ArgumentException("There is nothing to append.", nameof(entries));
    }

    /// <summary>
    /// The relay goes on, whatever happened to the record; but what was noted and is not there is said in it, for good. Every note is kept
    /// as well, so that <see cref="AuditLog.VerifyAsync"/> finds the ones that fit to nothing.
    /// </summary>
    private static IEnumerable<AuditEntry> WithGap(AuditRow? newest, AuditNote? noted, IReadOnlyCollection<AuditEntry> entries)
    {
        var there = newest?.Number ?? 0;
        var fits = noted is null || noted.Number < there || (noted.Number == there && noted.Fits(newest?.Hash ?? AuditChain.Start));
        if (fits || entries.Count == 0) return entries;
        var detail =
            noted!.Number > there ? $"entries {there + 1} to {noted.Number} were noted outside the database and are not there" // it does not fit
            : noted.IsLoss ? $"what was noted outside the database up to entry {there} is not there"
            : $"entry {there} is not the one that was noted outside the database";
        return entries.Prepend(new AuditEntry(entries.First().At, "relay", AuditSlugs.AuditGapFound.Value, "audit", detail));
    }
}
