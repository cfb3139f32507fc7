using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AV1Relay.Storage.Accounts;

/// <summary>The tables of ASP.NET Core Identity: accounts, their second factors and recovery codes, passkeys, and other sign-ins.</summary>
internal static class AccountTables
{
    private const int LongestName = 256;
    private const int LongestPasskeyId = 1024; // a credential id has at most 1,023 bytes (WebAuthn Level 3, section 4)

    public static void Add(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("Accounts");
            account.HasKey(row => row.Id);
            account.Property(row => row.Id).ValueGeneratedNever();
            account.HasIndex(row => row.NormalizedUserName).IsUnique();
            account.HasIndex(row => row.NormalizedEmail);
            account.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            account.Property(row => row.UserName).HasMaxLength(LongestName);
            account.Property(row => row.NormalizedUserName).HasMaxLength(LongestName);
            account.Property(row => row.Email).HasMaxLength(LongestName);
            account.Property(row => row.NormalizedEmail).HasMaxLength(LongestName);
        });
        modelBuilder.Entity<IdentityUserClaim<Guid>>(claim =>
        {
            claim.ToTable("AccountClaims");
            claim.HasKey(row => row.Id);
            claim.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
        });
        modelBuilder.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.ToTable("AccountLogins");
            login.HasKey(row => new { row.LoginProvider, row.ProviderKey });
            login.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
        });
        modelBuilder.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("AccountTokens");
            token.HasKey(row => new { row.UserId, row.LoginProvider, row.Name });
            token.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
        });
        modelBuilder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("AccountPasskeys");
            passkey.HasKey(row => row.CredentialId);
            passkey.Property(row => row.CredentialId).HasMaxLength(LongestPasskeyId);
            passkey.OwnsOne(row => row.Data).ToJson();
            passkey.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
        });
    }
}
