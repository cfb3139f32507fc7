using AV1Relay.Domain.Privacy;
using AV1Relay.Storage.Accounts;
using AV1Relay.Storage.People;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Privacy;

/// <summary>Cards of adults who have no role and no child here, not even one that ended and is still kept; their accounts go with them.</summary>
internal sealed class PersonCardTable() : AdultTable<PersonCardRow>("person-card", "Who adults are")
{
    public override async Task<int> DeleteAsync(RelayDbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await context.Set<Account>().Where(account => ids.Contains(account.Id)).ExecuteDeleteAsync(cancellationToken); // passkeys and all go with it
        return await base.DeleteAsync(context, ids, cancellationToken);
    }

    protected override async Task<IReadOnlyList<RecordFacts?>> OutOfUseAsync(
        RelayDbContext context, IReadOnlyList<PersonCardRow> rows, CancellationToken cancellationToken)
    {
        List<Guid> people = [.. rows.Select(row => row.Id)];
        var needed = await context.Assignments.Where(role => people.Contains(role.PersonId)).Select(role => role.PersonId)
            .Union(context.Parenthoods.Where(child => people.Contains(child.ParentId)).Select(child => child.ParentId))
            .ToHashSetAsync(cancellationToken);
        return [.. rows.Select(row => needed.Contains(row.Id) ? null : Facts(row, row.ChangedAt))];
    }
}
