using AV1Relay.Domain.Records;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AV1Relay.Storage.Privacy;

/// <inheritdoc cref="IDeletedTraces"/>
/// <remarks>
/// Deleted rows stay in a table's file until it is written anew. The log of what was written, and its archive where there is one, are the
/// server's: it recycles them in its own time.
/// </remarks>
internal sealed class PostgresTraces(IDbContextFactory<RelayDbContext> contexts) : IDeletedTraces
{
    private const string Patience = "10s";

    public Task<bool> ClearLogAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<bool> ClearAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken); // both on one connection
            context.Database.SetCommandTimeout(0); // once it has begun, it takes as long as it takes
            await context.Database.ExecuteSqlRawAsync($"SET lock_timeout = '{Patience}'", cancellationToken);
            await context.Database.ExecuteSqlRawAsync("VACUUM FULL", cancellationToken);
            await context.Database.ExecuteSqlRawAsync("RESET lock_timeout", cancellationToken);
            return true;
        }
        catch (NpgsqlException) // locked or full: nothing was lost
        {
            return false;
        }
    }
}
