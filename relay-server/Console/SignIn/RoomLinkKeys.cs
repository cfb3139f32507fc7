using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Seals the id that a room link stands for, so that nobody can make one out or guess another's. What it opens, and until when, is not in it.</summary>
internal sealed class RoomLinkKeys(IDataProtectionProvider protection, IRelayAddresses addresses)
{
    private const int Longest = 1_000; // of ours a fifth
    private readonly IDataProtector _protector = protection.CreateProtector("av1relay.room-link.1");

    /// <returns>The whole address, as others reach the relay: not by what a request says, which its sender could have made up. A secret.</returns>
    public async Task<string> AddressAsync(PersonId link, CancellationToken cancellationToken) =>
        $"{(await addresses.FindAsync(cancellationToken))?.PageUrls[0]}{RoomLinkSignIn.OpenPath}?key={Seal(link)}";

    public string Seal(PersonId link) => WebEncoders.Base64UrlEncode(_protector.Protect(link.Value.ToByteArray()));

    public bool TryOpen(string? key, [NotNullWhen(true)] out PersonId? link)
    {
        link = null;
        if (key is not { Length: > 0 and <= Longest }) return false;
        try
        {
            link = new PersonId(new Guid(_protector.Unprotect(WebEncoders.Base64UrlDecode(key))));
            return true;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
