using AV1Relay.Domain.Audit;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Audit;

internal sealed class AuditLog(IDbContextFactory<RelayDbContext> contexts, AuditHeads heads) : IAuditLog
{
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWritingAsync(WritingSubject.Audit, cancellationToken);
        var row = await AuditTrail.AppendAsync(context, heads, [entry], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        heads.Note(row.Number, row.Hash);
    }

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var noted = heads.ReadNewest(); // before the table is read: what is appended meanwhile is newer
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
            if (row.Number == noted?.Number && !row.Hash.AsSpan().SequenceEqual(noted.Value.Hash))
                return new AuditVerification(good, row.Number, $"Entry {row.Number} is not the one that was noted outside the database: the chain was written anew.");
            previous = row.Hash;
            good = row.Number;
        }

        if (noted is null && good > 0)
            return new AuditVerification(good, good + 1, "What is noted outside the database (audit.heads) is missing: entries may have been cut off the end. Restore it from a backup.");
        return noted?.Number > good
            ? new AuditVerification(good, good + 1, $"Entries {good + 1} to {noted.Value.Number} were cut off the end.")
            : new AuditVerification(good, null, null);
    }
}
