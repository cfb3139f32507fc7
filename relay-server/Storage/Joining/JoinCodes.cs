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
        context.JoinCodes.Add(new JoinCodeRow
        {
            Code = code.Code,
            Session = code.Session,
            ExpiresAt = code.ExpiresAt,
            SessionEndsAt = code.SessionEndsAt,
        });
        return await context.TrySaveNewAsync(cancellationToken);
    }

    public async Task<StoredJoinCode?> FindAsync(string code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.JoinCodes.AsNoTracking().SingleOrDefaultAsync(join => join.Code == code, cancellationToken);
        return row is null ? null : new StoredJoinCode(row.Code, row.Session, row.ExpiresAt, row.SessionEndsAt, row.UsedAt);
    }

    public async Task<bool> TryUseAsync(string code, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.JoinCodes
            .Where(join => join.Code == code && join.UsedAt == null && join.ExpiresAt > now && join.SessionEndsAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(join => join.UsedAt, now), cancellationToken) == 1;
    }
}
