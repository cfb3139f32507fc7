using AV1Relay.Domain.Records;
using Microsoft.Data.Sqlite;

namespace AV1Relay.Storage.Privacy;

/// <inheritdoc cref="IDeletedTraces"/>
/// <remarks>
/// Deleted rows are overwritten in their pages (<see cref="Databases.SecureDeletes"/>). The write-ahead log has pages as they were before,
/// until it is emptied; and where SQLite has moved rows between pages, copies can be left in the gaps, which only writing the file anew takes
/// away.
/// </remarks>
internal sealed class SqliteTraces(string connectionString) : IDeletedTraces
{
    private const int PatienceMs = 10_000;

    // Of its own: a setting for waiting must not stay in a pooled one.
    private readonly string _connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString();

    public Task<bool> ClearLogAsync(CancellationToken cancellationToken) => RunAsync(TruncateAsync, cancellationToken);

    public Task<bool> ClearAllAsync(CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            await using var rewrite = connection.CreateCommand();
            rewrite.CommandText = "VACUUM";
            rewrite.CommandTimeout = PatienceMs / 1000; // until it may begin; once it has, it takes as long as it takes
            await rewrite.ExecuteNonQueryAsync(cancellationToken);
            return await TruncateAsync(connection);
        },
        cancellationToken);

    private async Task<bool> RunAsync(Func<SqliteConnection, Task<bool>> clear, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var settings = connection.CreateCommand();
            settings.CommandText = FormattableString.Invariant($"PRAGMA busy_timeout = {PatienceMs}; PRAGMA secure_delete = ON");
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return await clear(connection);
        }
        catch (SqliteException) // busy, locked or full: nothing was changed
        {
            return false;
        }
    }

    private static async Task<bool> TruncateAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return await command.ExecuteScalarAsync() is 0L; // 1: somebody still reads from it
    }
}
