using AV1Relay.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

internal sealed class AuditLog(IDbContextFactory<RelayDbContext> contexts) : IAuditLog
{
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // A writing transaction from its start: two processes can't both follow the same last entry.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var last = await context.Audit.AsNoTracking()
            .OrderByDescending(row => row.Number)
            .Select(row => new { row.Number, row.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        var row = new AuditRow
        {
            Number = (last?.Number ?? 0) + 1,
            At = entry.At,
            Who = entry.Who,
            What = entry.What,
            Subject = entry.Subject,
            Detail = entry.Detail,
            Hash = [],
        };
        row.Hash = AuditChain.Hash(last?.Hash ?? AuditChain.Start, row);
        context.Audit.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var previous = AuditChain.Start;
        var good = 0L;
        await foreach (var row in context.Audit.AsNoTracking().OrderBy(row => row.Number).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (row.Number != good + 1)
                return new AuditVerification(good, good + 1, $"Entry {good + 1} is missing.");
            if (!AuditChain.Hash(previous, row).AsSpan().SequenceEqual(row.Hash))
                return new AuditVerification(good, row.Number, $"Entry {row.Number} is not as it was written, or one before it was removed.");
            previous = row.Hash;
            good = row.Number;
        }

        return new AuditVerification(good, null, null);
    }
}
