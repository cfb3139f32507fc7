using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Sessions;

internal sealed class GrantNumbers(IDbContextFactory<RelayDbContext> contexts) : IGrantNumbers
{
    public async Task<long> NumberAsync(SessionGrant grant, Instant now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, grant, now, cancellationToken) is { } same) return same; // nearly always: nobody is waited for

        await using var transaction = await context.BeginWritingAsync(WritingSubject.SessionBindings, cancellationToken);
        if (await FindAsync(context, grant, now, cancellationToken) is { } meanwhile) return meanwhile;
        await context.SessionBindings
            .Where(row => row.EndsAt > now && (row.Session == grant.Session.Value || row.RobotName == grant.RobotName))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, now), cancellationToken);
        var next = new SessionBindingRow
        {
            Session = grant.Session.Value,
            RobotName = grant.RobotName,
            StartsAt = grant.Window.Start,
            EndsAt = grant.Window.End,
            PupilDevice = grant.PupilDevice,
            Capabilities = Names(grant.Capabilities),
        };
        context.SessionBindings.Add(next);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return next.FencingNumber;
    }

    public async Task<IReadOnlyDictionary<SessionId, long>> NumberAllAsync(
        IReadOnlyCollection<SessionGrant> grants, IReadOnlyCollection<SessionId> ended, Instant now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grants);
        ArgumentNullException.ThrowIfNull(ended);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // No more than run, a technician's among them: what is over has ended.
        var open = await context.SessionBindings.AsNoTracking().Where(row => row.EndsAt > now).OrderBy(row => row.FencingNumber).ToListAsync(cancellationToken);
        var (ofSession, ofRobot) = (new Dictionary<string, SessionBindingRow>(StringComparer.Ordinal), new Dictionary<string, SessionBindingRow>(StringComparer.Ordinal));
        foreach (var row in open) (ofSession[row.Session], ofRobot[row.RobotName]) = (row, row); // the newest of each stays

        foreach (var session in ended)
        {
            if (open.Exists(row => row.Session == session.Value && row.PupilDevice is not null)) await EndAsync(session, now, cancellationToken);
        }

        var numbers = new Dictionary<SessionId, long>(grants.Count);
        foreach (var grant in grants)
        {
            var newest = ofSession.GetValueOrDefault(grant.Session.Value);
            var isSame = newest is not null && ReferenceEquals(newest, ofRobot.GetValueOrDefault(grant.RobotName)) && IsSame(newest, grant);
            numbers[grant.Session] = isSame ? newest!.FencingNumber : await NumberAsync(grant, now, cancellationToken); // not null: it is the same
        }

        return numbers;
    }

    public async Task EndAsync(SessionId session, Instant now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = context.SessionBindings.Where(row => row.Session == session.Value && row.PupilDevice != null && row.EndsAt > now);
        if (!await open.AnyAsync(cancellationToken)) return;
        await using var transaction = await context.BeginWritingAsync(WritingSubject.SessionBindings, cancellationToken);
        await open.ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task RaiseAsync(long above, Instant now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginWritingAsync(WritingSubject.SessionBindings, cancellationToken);
        await context.SessionBindings.Where(row => row.EndsAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsAt, now), cancellationToken);
        if (context.Database.IsSqlite())
        {
            // The table's own count; it has no row before the first binding.
            await context.Database.ExecuteSqlAsync(
                $"""
                UPDATE sqlite_sequence SET seq = MAX(seq, {above}) WHERE name = 'SessionBindings';
                INSERT INTO sqlite_sequence (name, seq) SELECT 'SessionBindings', {above}
                WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'SessionBindings');
                """,
                cancellationToken);
        }
        else
        {
            const string Sequence = "pg_get_serial_sequence('\"SessionBindings\"', 'FencingNumber')";
            await context.Database.ExecuteSqlRawAsync(
                $"SELECT setval({Sequence}, GREATEST(nextval({Sequence}), {{0}}))", [above], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The newest of the robot's, when it says the same.</summary>
    private static async Task<long?> FindAsync(RelayDbContext context, SessionGrant grant, Instant now, CancellationToken cancellationToken)
    {
        var newest = await context.SessionBindings.AsNoTracking()
            .Where(row => row.EndsAt > now && (row.Session == grant.Session.Value || row.RobotName == grant.RobotName))
            .OrderByDescending(row => row.FencingNumber)
            .FirstOrDefaultAsync(cancellationToken);
        return newest is not null && IsSame(newest, grant) ? newest.FencingNumber : null;
    }

    private static bool IsSame(SessionBindingRow row, SessionGrant grant) => row.Session == grant.Session.Value
        && row.RobotName == grant.RobotName
        && row.StartsAt.ToUnixTimeMilliseconds() == grant.Window.Start.ToUnixTimeMilliseconds() // what is kept is no finer
        && row.EndsAt.ToUnixTimeMilliseconds() == grant.Window.End.ToUnixTimeMilliseconds()
        && row.PupilDevice == grant.PupilDevice
        && row.Capabilities == Names(grant.Capabilities);

    private static string Names(CapabilitySet capabilities) => string.Join(' ', capabilities.ToNames());
}
