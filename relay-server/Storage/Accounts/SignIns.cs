using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Accounts;

/// <summary>Where somebody is signed in now. They are kept among the account's tokens, and go when the account does.</summary>
public sealed class SignIns
{
    private const string Kind = "sign-in";

    private readonly IDbContextFactory<RelayDbContext> _contexts;

    internal SignIns(IDbContextFactory<RelayDbContext> contexts) => _contexts = contexts;

    /// <summary>Notes a new one, and forgets those that nobody has used for a while.</summary>
    public async Task BeginAsync(Guid account, KeptSignIn signIn, DateTimeOffset unusedSince, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        foreach (var old in (await Of(context, account).ToListAsync(cancellationToken)).Where(token => Read(token) is not { } kept || kept.Seen < unusedSince))
            context.Remove(old);
        context.Add(new IdentityUserToken<Guid> { UserId = account, LoginProvider = Kind, Name = signIn.Id, Value = JsonSerializer.Serialize(signIn) });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <returns>False: it has been ended, so its holder is signed out.</returns>
    public async Task<bool> SeeAsync(Guid account, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await Of(context, account).SingleOrDefaultAsync(token => token.Name == id, cancellationToken) is not { } kept || Read(kept) is not { } signIn) return false;
        var value = JsonSerializer.Serialize(signIn with { Seen = now });
        return await Of(context, account).Where(token => token.Name == id)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.Value, value), cancellationToken) == 1; // one that is ended meanwhile stays ended
    }

    /// <summary>Whether it stands, without its being seen.</summary>
    public async Task<bool> HasAsync(Guid account, string id, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await Of(context, account).AnyAsync(token => token.Name == id, cancellationToken);
    }

    /// <returns>The latest first.</returns>
    public async Task<IReadOnlyList<KeptSignIn>> ListAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await Of(context, account).AsNoTracking().ToListAsync(cancellationToken)).Select(Read).OfType<KeptSignIn>().OrderByDescending(signIn => signIn.At)];
    }

    public async Task EndAsync(Guid account, string id, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await Of(context, account).Where(token => token.Name == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <param name="id">Which one stays; null: none.</param>
    public async Task EndAllButAsync(Guid account, string? id, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await Of(context, account).Where(token => token.Name != id).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<IdentityUserToken<Guid>> Of(RelayDbContext context, Guid account) =>
        context.Set<IdentityUserToken<Guid>>().Where(token => token.UserId == account && token.LoginProvider == Kind);

    private static KeptSignIn? Read(IdentityUserToken<Guid> token) => token.Value is { } value ? JsonSerializer.Deserialize<KeptSignIn>(value) : null;
}

/// <param name="Id">Its cookie says it too.</param>
/// <param name="Seen">When it was last looked at, to some minutes.</param>
/// <param name="With">By what: <c>passkey</c>, <c>app</c>, <c>school</c>.</param>
/// <param name="Device">In words, as far as the browser says: never an address.</param>
public sealed record KeptSignIn(string Id, DateTimeOffset At, DateTimeOffset Seen, string With, string Device);
