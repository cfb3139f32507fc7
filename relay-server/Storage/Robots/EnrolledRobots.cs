using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Robots;

/// <summary>The registry within one piece of work.</summary>
internal sealed class EnrolledRobots(RelayDbContext context) : IEnrolledRobots
{
    public async Task<Robot?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindAllAsync([name], cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<Robot>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var rows = await context.Robots.AsNoTracking().Where(robot => names.Contains(robot.Name)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRobot())];
    }

    public void AddInvented(string name, Instant at) => context.Robots.Add(new RobotRow { Name = name, EnrolledAt = at });

    public async Task<bool> RemoveAsync(string name, Instant at, CancellationToken cancellationToken)
    {
        context.RefuseWithoutClaims();
        var removed = await context.Robots
            .Where(robot => robot.Name == name && robot.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(robot => robot.RemovedAt, at), cancellationToken);
        var key = RowKeys.Of(name);
        await context.StationedRobots.Where(station => station.Id == key).ExecuteDeleteAsync(cancellationToken);
        return removed == 1;
    }
}
