using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AV1Relay.Tests.Unit.Storage.QueryPlans;

/// <summary>Keeps the queries that go to the database while it listens, with their values.</summary>
internal sealed class QueriesSeen : DbCommandInterceptor
{
    private readonly List<SeenQuery> _seen = [];

    public bool IsListening { get; set; }

    public IReadOnlyList<SeenQuery> Take()
    {
        SeenQuery[] seen = [.. _seen];
        _seen.Clear();
        return seen;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsListening)
            _seen.Add(new SeenQuery(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return new(result);
    }
}

internal sealed record SeenQuery(string Sql, IReadOnlyList<(string Name, object? Value)> Values);
