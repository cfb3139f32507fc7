using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using AV1Relay.Storage;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Tests.Unit.Storage.QueryPlans;

/// <summary>How a database goes about a query: asked of the database itself.</summary>
internal static partial class QueryPlan
{
    /// <summary>The steps that read a table, or an index, from one end to the other; none is as it should be.</summary>
    public static async Task<List<string>> FindWholeReadsAsync(RelayDbContext context, SeenQuery query, CancellationToken cancellationToken)
    {
        var isSqlite = context.Database.IsSqlite();
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (FORMAT JSON) ") + query.Sql;
        foreach (var (name, value) in query.Values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return isSqlite ? await OfSqliteAsync(reader, query.Sql, cancellationToken) : await OfPostgresAsync(reader, cancellationToken);
    }

    /// <remarks>Its plan calls tables by their aliases; lists of values and inner queries are scanned too, and are no tables.</remarks>
    private static async Task<List<string>> OfSqliteAsync(DbDataReader reader, string sql, CancellationToken cancellationToken)
    {
        var tables = Aliases().Matches(sql).Select(match => match.Groups["alias"].Value).ToHashSet();
        List<string> found = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var step = reader.GetString(reader.GetOrdinal("detail"));
            if (step.Split(' ') is ["SCAN", var name, ..] && tables.Contains(name)) found.Add(step);
        }

        return found;
    }

    private static async Task<List<string>> OfPostgresAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken);
        using var plan = JsonDocument.Parse(reader.GetString(0));
        return [.. Steps(plan.RootElement[0].GetProperty("Plan")).Where(ReadsAll).Select(step =>
            $"{step.GetProperty("Node Type").GetString()} on {step.GetProperty("Relation Name").GetString()}")];
    }

    private static bool ReadsAll(JsonElement step) => step.GetProperty("Node Type").GetString() switch
    {
        "Seq Scan" => true,
        "Index Scan" or "Index Only Scan" => !step.TryGetProperty("Index Cond", out _),
        _ => false,
    };

    private static IEnumerable<JsonElement> Steps(JsonElement step) => step.TryGetProperty("Plans", out var inner)
        ? inner.EnumerateArray().SelectMany(Steps).Prepend(step)
        : [step];

    [GeneratedRegex("""FROM "\w+" AS "(?<alias>\w+)"|JOIN "\w+" AS "(?<alias>\w+)" """, RegexOptions.ExplicitCapture)]
    private static partial Regex Aliases();
}
