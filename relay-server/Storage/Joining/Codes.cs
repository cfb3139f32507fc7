using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Records;
using AV1Relay.Storage.Robots;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Joining;

/// <remarks>A code is looked for before it is added: a taken one found only as the work is kept would undo all of it.</remarks>
internal sealed class Codes(RelayDbContext context) : ICodes
{
    public async Task<bool> TryAddAsync(StoredEnrolmentCode code, CancellationToken cancellationToken)
    {
        if (await context.EnrolmentCodes.FindAsync([code.Id], cancellationToken) is not null) return false;
        context.EnrolmentCodes.Add(EnrolmentCodeRow.Of(code));
        return true;
    }

    public async Task<bool> TryAddAsync(StoredJoinCode code, CancellationToken cancellationToken)
    {
        if (await context.JoinCodes.FindAsync([code.Code], cancellationToken) is not null) return false;
        context.JoinCodes.Add(JoinCodeRow.Of(code));
        return true;
    }

    public async Task<bool> TryUseAsync(string code, Instant now, CancellationToken cancellationToken)
    {
        context.RefuseWithoutClaims();
        // One conditional update: of two who try at once, one succeeds.
        return await context.JoinCodes
            .Where(join => join.Code == code && join.UsedAt == null && join.ExpiresAt > now && join.SessionEndsAt > now
                && (join.GoodFrom == null || join.GoodFrom <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(join => join.UsedAt, now), cancellationToken) == 1;
    }

    public async Task EndAsync(string session, Instant now, CancellationToken cancellationToken)
    {
        context.RefuseWithoutClaims();
        await context.JoinCodes
            .Where(join => join.Session == session && join.UsedAt == null && join.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(join => join.ExpiresAt, now), cancellationToken);
    }
}
