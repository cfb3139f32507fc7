using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>The secret address of somebody's own sessions: one a person, kept as its hash beside their account, and gone with it.</summary>
internal sealed class FeedAddresses(UserManager<Account> accounts, IRelayAddresses addresses, IAuditLog audit, TimeProvider time)
{
    private const string Kind = "AV1Relay.Feed";
    private const string Name = "sessions";
    private const int IdBytes = 16;
    private const int SecretBytes = 32; // 256 bits, at random

    private static readonly int TokenLength = Base64Url.GetEncodedLength(IdBytes + SecretBytes);

    public async Task<bool> HasOneAsync(PersonId who) =>
        await accounts.FindByIdAsync(who.ToString()) is { } account && await accounts.GetAuthenticationTokenAsync(account, Kind, Name) is not null;

    /// <summary>A new one; the one from before works no more.</summary>
    /// <returns>The whole address: it is shown once.</returns>
    public async Task<string> MakeAsync(PersonId who, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(who);
        var bytes = new byte[IdBytes + SecretBytes];
        who.Value.TryWriteBytes(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(IdBytes));
        await NoteAsync(AuditSlugs.FeedMade, who, cancellationToken);
        Check(await accounts.SetAuthenticationTokenAsync(account, Kind, Name, HashOf(bytes)));
        return $"{(await addresses.FindAsync(cancellationToken))?.PageUrls[0]}/feeds/{Base64Url.EncodeToString(bytes)}.ics"; // as others reach the relay
    }

    public async Task WithdrawAsync(PersonId who, CancellationToken cancellationToken)
    {
        Check(await accounts.RemoveAuthenticationTokenAsync(await AccountAsync(who), Kind, Name));
        await NoteAsync(AuditSlugs.FeedWithdrawn, who, cancellationToken);
    }

    /// <summary>An account that is invited anew has no feed: whoever had stolen it keeps nothing.</summary>
    public static Task EndAsync(UserManager<Account> accounts, Account account) => accounts.RemoveAuthenticationTokenAsync(account, Kind, Name);

    /// <summary>Null: nobody's. It takes as long whether the person or the secret is wrong.</summary>
    public async Task<PersonId?> FindAsync(string token)
    {
        var bytes = new byte[IdBytes + SecretBytes];
        if (token.Length != TokenLength || Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length) return null;
        var who = new Guid(bytes.AsSpan(0, IdBytes));
        var kept = await accounts.FindByIdAsync(who.ToString()) is { } account ? await accounts.GetAuthenticationTokenAsync(account, Kind, Name) : null;
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(kept ?? HashOf([])), Encoding.ASCII.GetBytes(HashOf(bytes)));
        return isRight ? new PersonId(who) : null;
    }

    private static string HashOf(ReadOnlySpan<byte> token) => Convert.ToHexStringLower(SHA256.HashData(token));

    private async Task<Account> AccountAsync(PersonId who) =>
        await accounts.FindByIdAsync(who.ToString()) ?? throw new InvalidOperationException("Who is signed in has an account.");

    private Task NoteAsync(AuditSlug what, PersonId who, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditChange(what, $"person {who}", new Act(who, Instant.FromDateTimeOffset(time.GetUtcNow()))).ToEntry(), cancellationToken);

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException("The account was changed by somebody else at the same time.");
    }
}
