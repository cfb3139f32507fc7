using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Robots;

internal sealed class EnrolmentCodes(IDbContextFactory<RelayDbContext> contexts, AuditHeads heads) : IEnrolmentCodes
{
    public async Task<bool> TryAddAsync(StoredEnrolmentCode code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.EnrolmentCodes.Add(EnrolmentCodeRow.Of(code));
        return await context.TrySaveNewAsync(cancellationToken);
    }

    public async Task<StoredEnrolmentCode?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.EnrolmentCodes.AsNoTracking().SingleOrDefaultAsync(code => code.Id == id, cancellationToken);
        return row?.ToCode();
    }

    public async Task CountWrongTryAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.EnrolmentCodes
            .Where(code => code.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.WrongTries, code => code.WrongTries + 1), cancellationToken);
    }

    public async Task<Robot?> UseAsync(string id, Instant now, Func<string, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var used = await context.EnrolmentCodes
            .Where(code => code.Id == id && code.UsedAt == null && code.ExpiresAt > now
                && code.WrongTries < StoredEnrolmentCode.MaxWrongTries)
            .ExecuteUpdateAsync(
                set => set.SetProperty(code => code.UsedAt, now).SetProperty(code => code.Secret, string.Empty), cancellationToken);
        if (used != 1)
            return null;

        var robot = new RobotRow { Name = string.Empty, EnrolledAt = now };
        context.Robots.Add(robot);
        await context.SaveChangesAsync(cancellationToken); // gives it its number
        robot.Name = $"robot-{robot.Number}";
        var code = await context.EnrolmentCodes.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (code.ToCode().School is { } school)
            new StationedRobotRecords(context, RelayItself.Who, now).Add(new StationedRobot(robot.Name, school));
        await context.SaveChangesAsync(cancellationToken);
        var appended = await AuditTrail.AppendAsync(context, heads, [entry(robot.Name)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        heads.Note(appended.Number, appended.Hash);
        return robot.ToRobot();
    }
}
