using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AV1Relay.Storage.Databases;

internal static class WritingTransactions
{
    /// <summary>
    /// Begins a transaction in which nobody else writes what <paramref name="subject"/> stands for until it ends: what is read stays true until it is acted upon.
    /// </summary>
    /// <remarks>
    /// SQLite has one writer at a time, from the transaction's start. PostgreSQL has many: an advisory lock of the subject's own, given back at the
    /// end of the transaction, also by the server when its client dies.
    /// </remarks>
    internal static async Task<IDbContextTransaction> BeginWritingAsync(
        this RelayDbContext context, WritingSubject subject, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            if (context.Database.IsNpgsql())
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)subject})", cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}

/// <summary>What is written by one at a time. The numbers are the locks' names in the database: kept for good.</summary>
internal enum WritingSubject : long
{
    Audit = 0x4156_3101,
    SessionBindings = 0x4156_3102,
}
