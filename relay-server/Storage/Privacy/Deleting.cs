using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Privacy;

internal static class Deleting
{
    /// <summary>What is deleted now is gone for good, once the work is committed.</summary>
    /// <remarks>SQLite otherwise leaves the bytes in its file until something else needs the space; PostgreSQL's autovacuum clears them away.</remarks>
    /// <exception cref="InvalidOperationException">The work claims nothing: it would be deleted at once, commit or no commit.</exception>
    public static async Task PrepareToDeleteAsync(this RelayDbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is null) throw new InvalidOperationException("Work that deletes something claims it first.");
        if (context.Database.IsSqlite()) await context.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancellationToken);
    }
}
