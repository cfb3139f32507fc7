using Npgsql;

namespace AV1Relay.Storage.Databases;

/// <summary>What a snapshot taken now would see, as one number: it changes whenever a writing transaction begins or ends.</summary>
/// <remarks>
/// A counter bumped by triggers would be seen before what it announces is committed, or would make all writers wait for one row. The snapshot
/// (PostgreSQL documentation, "Transaction ID and Snapshot Information Functions") has neither fault; that it changes too often costs a look at a table.
/// </remarks>
internal sealed class PostgresDataVersion(NpgsqlDataSource source) : IDataVersion
{
    public async ValueTask<long> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT hashtextextended(pg_current_snapshot()::text, 0)");
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
    }
}
