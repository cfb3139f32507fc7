using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Fleet;

/// <summary>Robots, as whoever runs the server removes them.</summary>
/// <remarks>They have the database in their hands, so no right is asked for; each use stands in the audit under the name of their account.</remarks>
/// <param name="actor">As the audit names them: <c>command line (…)</c>.</param>
public sealed class OperatorFleet(IRecords records, TimeProvider time, string actor)
{
    /// <summary>It is let in no more, and belongs to no school.</summary>
    /// <returns>False when there is no such robot or it had been removed before.</returns>
    public async Task<bool> RemoveAsync(string robot, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        await using var work = await records.BeginAsync(default, now, [Claim.OnRobot(robot)], cancellationToken);
        if (!await work.EnrolledRobots.RemoveAsync(robot, now, cancellationToken)) return false;
        work.Record(new AuditEntry(now, actor, AuditSlugs.RobotRemoved.Value, robot, "by hand"));
        return await work.CommitAsync(cancellationToken) is { } refusal ? throw new InvalidOperationException(refusal.ToString()) : true;
    }
}
