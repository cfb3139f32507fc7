using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Domain.Records;
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
    internal static Task<IDbContextTransaction> BeginWritingAsync(
        this RelayDbContext context, WritingSubject subject, CancellationToken cancellationToken) =>
        context.BeginWritingAsync([(long)subject], cancellationToken);

    /// <summary>Likewise, for all that is claimed.</summary>
    internal static Task<IDbContextTransaction> BeginWritingAsync(
        this RelayDbContext context, IReadOnlyCollection<Claim> claims, CancellationToken cancellationToken) =>
        context.BeginWritingAsync([.. claims.Select(LockOf)], cancellationToken);

    /// <summary>Within a transaction that has begun; after all its claims, or two could wait for each other.</summary>
    internal static async Task LockAsync(this RelayDbContext context, WritingSubject subject, CancellationToken cancellationToken)
    {
        if (context.Database.IsNpgsql()) await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)subject})", cancellationToken);
    }

    private static async Task<IDbContextTransaction> BeginWritingAsync(this RelayDbContext context, long[] locks, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            // In one order for everybody, so that no two wait for each other.
            Array.Sort(locks);
            if (context.Database.IsNpgsql())
            {
                // One statement with a row a lock: each is taken in the array's order before the next.
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(lock) FROM unnest({locks}) AS lock", cancellationToken);
            }

            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>64 of the 256 bits of its name's hash: two claims that share a lock only wait for each other.</summary>
    private static long LockOf(Claim claim) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(claim.Name)));
}

/// <summary>What is written by one at a time. The numbers are the locks' names in the database: kept for good.</summary>
internal enum WritingSubject : long
{
    Audit = 0x4156_3101,
    SessionBindings = 0x4156_3102,
}
