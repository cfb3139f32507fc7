using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Storage.Accounts;

/// <summary>Keeps accounts in the relay's own database.</summary>
public static class AccountStores
{
    /// <remarks>After <see cref="RelayStorage.AddRelayStorage"/>.</remarks>
    public static IdentityBuilder AddAccountStores(this IdentityBuilder identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        identity.Services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RelayDbContext>>().CreateDbContext());
        identity.Services.AddScoped<IUserStore<Account>, Store>();
        identity.Services.AddSingleton(provider => new SignIns(provider.GetRequiredService<IDbContextFactory<RelayDbContext>>()));
        identity.Services.AddSingleton(provider => new ReminderNotes(provider.GetRequiredService<IDbContextFactory<RelayDbContext>>()));
        return identity;
    }

    private sealed class Store(RelayDbContext context) : UserOnlyStore<
        Account, RelayDbContext, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityUserPasskey<Guid>>(context);
}
