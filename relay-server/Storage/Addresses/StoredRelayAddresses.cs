using AV1Relay.Domain.Addresses;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Addresses;

internal sealed class StoredRelayAddresses(IDbContextFactory<RelayDbContext> contexts) : IRelayAddresses
{
    private const int OnlyId = 1;

    public async Task SaveAsync(RelayAddresses addresses, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.RelayAddresses.SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            row = new RelayAddressesRow { Id = OnlyId, PageUrls = [], RobotUrls = [], MediaEndpoints = [] };
            context.RelayAddresses.Add(row);
        }

        row.PageUrls = [.. addresses.PageUrls];
        row.RobotUrls = [.. addresses.RobotUrls];
        row.MediaEndpoints = [.. addresses.MediaEndpoints];
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task<RelayAddresses?> FindAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.RelayAddresses.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new RelayAddresses(row.PageUrls, row.RobotUrls, row.MediaEndpoints);
    }
}
