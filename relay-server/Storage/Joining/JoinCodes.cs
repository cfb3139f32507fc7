using AV1Relay.Domain.Joining;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Joining;

internal sealed class JoinCodes(IDbContextFactory<RelayDbContext> contexts) : IJoinCodes
{
    public async Task<bool> TryAddAsync(StoredJoinCode code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.JoinCodes.Add(JoinCodeRow.Of(code));
        return await context.TrySaveNewAsync(cancellationToken);
    }

    public async Task<StoredJoinCode?> FindAsync(string code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.JoinCodes.AsNoTracking().SingleOrDefaultAsync(join => join.Code == code, cancellationToken);
        return row?.ToCode();
    }

    public async Task<bool> TryUseAsync(string code, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.TryUseAsync(code, now, cancellationToken);
    }
}

internal static class UsingJoinCodes
{
    /// <summary>By one conditional update: of two who try at once, one succeeds.</summary>
    internal static async Task<bool> TryUseAsync(this RelayDbContext context, string code, Instant now, CancellationToken cancellationToken) =>
        await context.JoinCodes
            .Where(join => join.Code == code && join.UsedAt == null && join.ExpiresAt > now && join.SessionEndsAt > now
                && (join.GoodFrom == null || join.GoodFrom <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(join => join.UsedAt, now), cancellationToken) == 1;
}
