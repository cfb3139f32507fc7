using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AV1Relay.Storage.Databases;

internal static class SavingNewRows
{
    /// <summary>Saves; false when a row was changed meanwhile, or one of the same key is there already.</summary>
    internal static async Task<bool> TrySaveAsync(this RelayDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await context.TrySaveNewAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private const int SqliteConstraint = 19; // SQLITE_CONSTRAINT

    /// <summary>Saves; false when a row with the same key is there already.</summary>
    internal static async Task<bool> TrySaveNewAsync(this RelayDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException taken) when (taken.InnerException
            is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
