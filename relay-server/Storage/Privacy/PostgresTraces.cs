using AV1Relay.Domain.Records;

namespace AV1Relay.Storage.Privacy;

/// <inheritdoc cref="IDeletedTraces"/>
/// <remarks>PostgreSQL's files are its server's: autovacuum and its own recycling of the log clear them away.</remarks>
internal sealed class PostgresTraces : IDeletedTraces
{
    public Task<bool> ClearLogAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> ClearAllAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
