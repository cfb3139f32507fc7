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
        foreach (var entry in entries)
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
}
