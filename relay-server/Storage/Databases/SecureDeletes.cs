using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AV1Relay.Storage.Databases;

/// <summary>SQLite overwrites what is deleted, and what is changed, with zeros; else the bytes stay until something needs the space.</summary>
/// <remarks>
/// A setting of each connection, not of the file; and whoever changes a record leaves its older words behind as much as whoever deletes it.
/// </remarks>
internal sealed class SecureDeletes : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA secure_delete = ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
