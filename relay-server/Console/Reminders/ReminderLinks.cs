using System.Security.Cryptography;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>The addresses in one person's reminder, as others reach the relay.</summary>
/// <param name="Page">What they are told more of, behind the sign-in.</param>
/// <param name="Settings">Where they choose their reminders, likewise.</param>
/// <param name="StopPage">Where they stop them, without a sign-in.</param>
/// <param name="Stop">Where a mail programme stops them for them (RFC 8058).</param>
internal sealed record ReminderLinks(string Page, string Settings, string StopPage, Uri Stop)
{
    public override string ToString() => nameof(ReminderLinks);
}

/// <summary>Seals whose reminders a link stops, so that nobody can make one out for somebody else. It is good for as long as the mail is kept.</summary>
internal sealed class ReminderKeys(IDataProtectionProvider protection, IRelayAddresses addresses)
{
    public const string SettingsPath = "/staff/reminders";
    public const string StopPagePath = "/staff/reminders/stop";
    public const string StopPath = "/reminders/stop";

    private const int Longest = 1_000; // of ours a fifth
    private readonly IDataProtector _protector = protection.CreateProtector("av1relay.reminders.stop.1");

    /// <returns>Null: the relay has not said yet how others reach it.</returns>
    public async Task<ReminderLinks?> LinksAsync(PersonId who, CancellationToken cancellationToken) =>
        (await addresses.FindAsync(cancellationToken))?.PageUrls[0] is { } relay && Seal(who) is var key
            ? new ReminderLinks($"{relay}/staff", $"{relay}{SettingsPath}", $"{relay}{StopPagePath}?key={key}", new Uri($"{relay}{StopPath}?key={key}"))
            : null;

    public string Seal(PersonId who) => WebEncoders.Base64UrlEncode(_protector.Protect(who.Value.ToByteArray()));

    /// <returns>Null: it was not sealed here.</returns>
    public PersonId? Open(string? key)
    {
        if (key is not { Length: > 0 and <= Longest }) return null;
        try
        {
            return new PersonId(new Guid(_protector.Unprotect(WebEncoders.Base64UrlDecode(key))));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
