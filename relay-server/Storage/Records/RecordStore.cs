using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Records;

internal sealed class RecordStore(IDbContextFactory<RelayDbContext> contexts, AuditHeads heads) : IRecords
{
    public async Task<IWork> BeginAsync(PersonId who, Instant now, IReadOnlyCollection<Claim> claims, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var transaction = claims.Count == 0 ? null : await context.BeginWritingAsync(claims, cancellationToken);
            return new Work(context, transaction, heads, who, now);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }
}
