using AV1Relay.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

/// <summary>Everything that a database holds, whatever wrote it.</summary>
internal static class WholeDatabase
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All values of all columns of all tables that have this word in them, as <c>table.column</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindWordAsync(this TemporaryRelayStorage storage, string word)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        var tables = await ReadAsync(
            context,
            context.Database.IsSqlite()
                ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'");
        var found = new List<string>();
        foreach (var table in tables.Select(row => row.Value))
            found.AddRange((await ReadAsync(context, $"SELECT * FROM \"{table}\"")).Where(cell => cell.Value.Contains(word, StringComparison.Ordinal)).Select(cell => $"{table}.{cell.Column}"));
        return found;
    }

    private static async Task<IReadOnlyList<(string Column, string Value)>> ReadAsync(RelayDbContext context, string sql)
    {
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the tables' own names
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var cells = new List<(string, string)>();
        while (await reader.ReadAsync(Cancellation))
        {
            for (var column = 0; column < reader.FieldCount; column++)
                cells.Add((reader.GetName(column), reader.GetValue(column).ToString() ?? ""));
        }

        return cells;
    }
}
