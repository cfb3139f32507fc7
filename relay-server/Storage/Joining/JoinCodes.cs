using AV1Relay.Domain.Joining;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;

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
}
