using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Databases;

/// <summary>Stores ask for a <see cref="RelayDbContext"/>; which database it speaks to is decided once, at composition.</summary>
internal sealed class RelayDbContexts<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<RelayDbContext>
    where TContext : RelayDbContext
{
    public RelayDbContext CreateDbContext() => contexts.CreateDbContext();

    public async Task<RelayDbContext> CreateDbContextAsync(CancellationToken cancellationToken) => await contexts.CreateDbContextAsync(cancellationToken);
}
