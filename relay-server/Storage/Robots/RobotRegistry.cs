using AV1Relay.Domain.Robots;
using Microsoft.EntityFrameworkCore;

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

    public async Task<IReadOnlySet<string>> WhoIsLetInAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var letIn = await context.Robots
            .Where(robot => names.Contains(robot.Name) && robot.RemovedAt == null).Select(robot => robot.Name).ToListAsync(cancellationToken);
        return letIn.ToHashSet(StringComparer.Ordinal);
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
}

internal static class RobotRows
{
    internal static Robot ToRobot(this RobotRow row) => new(row.Name, row.EnrolledAt, row.RemovedAt);
}
