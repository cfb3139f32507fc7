using AV1Relay.Domain.People;
using AV1Relay.Domain.Reminders;
using AV1Relay.Storage.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Accounts;

/// <summary>Who has asked for reminders, and how far each one's evening has come. They are kept among the account's tokens, and go when the account does.</summary>
/// <remarks>What is written is what was seen a moment ago, or nothing: of two relays on one database, one wins.</remarks>
public sealed class ReminderNotes
{
    private const string Kind = "reminders";
    private const string Choice = "choice";
    private const string Evening = "evening";
    private const string Codes = "codes";

    private readonly IDbContextFactory<RelayDbContext> _contexts;

    internal ReminderNotes(IDbContextFactory<RelayDbContext> contexts) => _contexts = contexts;

    /// <summary>Those who have asked, by account, with an address that is known to be theirs.</summary>
    /// <param name="after">The last one of the page before; null for the first.</param>
    public async Task<IReadOnlyList<KeptReminders>> ListAsync(PersonId? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var last = after?.Value ?? Guid.Empty;
        var rows = await (
            from choice in Tokens(context, Choice)
            where choice.UserId > last
            join account in context.Set<Account>().AsNoTracking() on choice.UserId equals account.Id
            where account.EmailConfirmed && account.Email != null
            join evening in Tokens(context, Evening) on choice.UserId equals evening.UserId
            orderby choice.UserId
            select new { account.Id, account.Email, Choice = choice.Value, Evening = evening.Value }).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => Read(row.Id, row.Email, row.Choice, row.Evening)).OfType<KeptReminders>()];
    }

    /// <returns>Null: they have not asked, or their address is not known to be theirs.</returns>
    public async Task<KeptReminders?> FindAsync(PersonId who, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var account = await context.Set<Account>().AsNoTracking().FirstOrDefaultAsync(account => account.Id == who.Value && account.EmailConfirmed, cancellationToken);
        var tokens = await context.Set<IdentityUserToken<Guid>>().AsNoTracking()
            .Where(token => token.UserId == who.Value && token.LoginProvider == Kind).ToDictionaryAsync(token => token.Name, token => token.Value, cancellationToken);
        return Read(who.Value, account?.Email, tokens.GetValueOrDefault(Choice), tokens.GetValueOrDefault(Evening));
    }

    /// <summary>Somebody asks for reminders, or for others than before.</summary>
    public async Task KeepAsync(PersonId who, ReminderChoice choice, CancellationToken cancellationToken)
    {
        var kept = await FindAsync(who, cancellationToken);
        if (kept is not null) await MarkAsync(kept, kept.Last.AskedAgain(), cancellationToken);
        else await SwapAsync(who, Evening, null, RecordJson.Write(EveningMark.Never), cancellationToken);
        var written = RecordJson.Write(choice);
        if (!await SwapAsync(who, Choice, kept?.ChoiceAsKept, written, cancellationToken))
            await SwapAsync(who, Choice, await ReadAsync(who, Choice, cancellationToken), written, cancellationToken); // from two windows: the later one holds
    }

    /// <returns>False: there was nothing to end.</returns>
    public async Task<bool> EndAsync(PersonId who, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<IdentityUserToken<Guid>>().Where(token => token.UserId == who.Value && token.LoginProvider == Kind && token.Name != Codes)
            .ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>An account that is invited anew has no reminders: the address may be another one.</summary>
    public static async Task EndAsync(UserManager<Account> accounts, Account account)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(account);
        account.EmailConfirmed = false; // kept with whatever else is changed
        foreach (var name in (string[])[Choice, Evening, Codes]) await accounts.RemoveAuthenticationTokenAsync(account, Kind, name);
    }

    /// <summary>Writes down how far an evening has come.</summary>
    /// <returns>Null: somebody else has written meanwhile, or the person has stopped it, and nothing is written.</returns>
    public async Task<KeptReminders?> MarkAsync(KeptReminders seen, EveningMark next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var written = RecordJson.Write(next);
        return await SwapAsync(seen.Who, Evening, seen.LastAsKept, written, cancellationToken) ? seen with { Last = next, LastAsKept = written } : null;
    }

    /// <summary>The codes with which somebody shows that an address is theirs: how many were sent, and wrong ones typed.</summary>
    public async Task<CodeTries> FindCodesAsync(PersonId who, CancellationToken cancellationToken) =>
        await ReadAsync(who, Codes, cancellationToken) is { } kept ? RecordJson.Read<CodeTries>(kept) with { AsKept = kept } : CodeTries.None;

    /// <returns>False: somebody else was faster, and nothing is written.</returns>
    public Task<bool> NoteCodesAsync(PersonId who, CodeTries seen, CodeTries next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return SwapAsync(who, Codes, seen.AsKept, RecordJson.Write(next with { AsKept = null }), cancellationToken);
    }

    private static IQueryable<IdentityUserToken<Guid>> Tokens(RelayDbContext context, string name) =>
        context.Set<IdentityUserToken<Guid>>().AsNoTracking().Where(token => token.LoginProvider == Kind && token.Name == name);

    private async Task<string?> ReadAsync(PersonId who, string name, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await Tokens(context, name).Where(token => token.UserId == who.Value).Select(token => token.Value).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> SwapAsync(PersonId who, string name, string? seen, string next, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        if (seen is not null)
        {
            return await context.Set<IdentityUserToken<Guid>>()
                .Where(token => token.UserId == who.Value && token.LoginProvider == Kind && token.Name == name && token.Value == seen)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.Value, next), cancellationToken) == 1;
        }

        context.Add(new IdentityUserToken<Guid> { UserId = who.Value, LoginProvider = Kind, Name = name, Value = next });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            return false; // it is there already, or the account is gone
        }
    }

    private static KeptReminders? Read(Guid who, string? email, string? choice, string? evening) => email is null || choice is null || evening is null
        ? null
        : new KeptReminders(new PersonId(who), email, RecordJson.Read<ReminderChoice>(choice), RecordJson.Read<EveningMark>(evening)) { ChoiceAsKept = choice, LastAsKept = evening };
}

/// <param name="Email">Known to be theirs.</param>
/// <param name="Last">How far their latest evening has come.</param>
public sealed record KeptReminders(PersonId Who, string Email, ReminderChoice Choice, EveningMark Last)
{
    internal string ChoiceAsKept { get; init; } = "";

    internal string LastAsKept { get; init; } = "";

    public override string ToString() => $"person {Who}";
}

/// <param name="Sent">When the latest ones were sent, in order.</param>
/// <param name="Wrong">How many wrong ones have been typed since the last was sent.</param>
public sealed record CodeTries(IReadOnlyList<Instant> Sent, int Wrong)
{
    public static CodeTries None { get; } = new([], 0);

    internal string? AsKept { get; init; }
}
