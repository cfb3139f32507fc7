using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Sessions;

internal sealed class SessionBindings(IDbContextFactory<RelayDbContext> contexts, IDataVersion dataVersion) : ISessionBindings
{
    public async Task<SessionBinding> BindAsync(
        string session, string robotName, SessionWindow window, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWritingAsync(WritingSubject.SessionBindings, cancellationToken);
        await context.SessionBindings
            .Where(binding => binding.EndsAt > now && (binding.Session == session || binding.RobotName == robotName))
            .ExecuteUpdateAsync(set => set.SetProperty(binding => binding.EndsAt, now), cancellationToken);

        var row = new SessionBindingRow { Session = session, RobotName = robotName, StartsAt = window.Start, EndsAt = window.End };
        context.SessionBindings.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SessionBinding(session, robotName, window, row.FencingNumber);
    }

    public async Task<IReadOnlyList<SessionBinding>> ListOpenAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.SessionBindings.AsNoTracking()
            .Where(binding => binding.PupilDevice == null && binding.EndsAt > now && binding.EndsAt > binding.StartsAt)
            .OrderBy(binding => binding.FencingNumber)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(ToBinding)];
    }

    public async Task<SessionBinding?> FindOpenAsync(string session, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.SessionBindings.AsNoTracking()
            .Where(binding => binding.Session == session && binding.PupilDevice == null && binding.EndsAt > now && binding.EndsAt > binding.StartsAt)
            .OrderByDescending(binding => binding.FencingNumber)
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : ToBinding(row);
    }

    public ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken) => dataVersion.ReadAsync(cancellationToken);

    private static SessionBinding ToBinding(SessionBindingRow row) =>
        new(row.Session, row.RobotName, new SessionWindow(row.StartsAt, row.EndsAt), row.FencingNumber);
}
