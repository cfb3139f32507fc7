using System.Data;
using Microsoft.Data.Sqlite;

namespace AV1Relay.Storage.Databases;

/// <inheritdoc cref="IDataVersion"/>
/// <remarks>
/// SQLite's <c>data_version</c> changes for one connection when another one has committed, so this keeps a connection of its own.
/// Reading it touches no table.
/// </remarks>
internal sealed class SqliteDataVersion(string connectionString) : IDataVersion, IAsyncDisposable
{
    private readonly SqliteConnection _connection = new(connectionString);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async ValueTask<long> ReadAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_connection.State != ConnectionState.Open)
                await _connection.OpenAsync(cancellationToken);
            await using var command = _connection.CreateCommand();
            command.CommandText = "PRAGMA data_version";
            return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _oneAtATime.Dispose();
    }
}
