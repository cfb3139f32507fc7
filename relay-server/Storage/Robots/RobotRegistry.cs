using AV1Relay.Domain.Robots;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Robots;

internal sealed class RobotRegistry(IDbContextFactory<RelayDbContext> contexts) : IRobotRegistry
{
    public async Task<Robot?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Robots.AsNoTracking().SingleOrDefaultAsync(robot => robot.Name == name, cancellationToken);
        return row?.ToRobot();
    }

    public async Task<Robot?> FindByCertificateAsync(string serialNumber, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.RobotCertificates.AsNoTracking()
            .Where(certificate => certificate.SerialNumber == serialNumber)
            .Join(context.Robots, certificate => certificate.RobotName, robot => robot.Name, (_, robot) => robot)
            .SingleOrDefaultAsync(cancellationToken);
        return row?.ToRobot();
    }

    public async Task<IReadOnlyList<Robot>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Robots.AsNoTracking().OrderBy(robot => robot.Number).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRobot())];
    }

    public async Task AddCertificateAsync(RobotCertificate certificate, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.RobotCertificates.Add(new RobotCertificateRow
        {
            SerialNumber = certificate.SerialNumber,
            RobotName = certificate.RobotName,
            NotAfter = certificate.NotAfter,
        });
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> RemoveAsync(string name, Instant at, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Robots
            .Where(robot => robot.Name == name && robot.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(robot => robot.RemovedAt, at), cancellationToken) == 1;
    }
}

internal static class RobotRows
{
    internal static Robot ToRobot(this RobotRow row) => new(row.Name, row.EnrolledAt, row.RemovedAt);
}
