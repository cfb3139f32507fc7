using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>
/// Browsers with which somebody has signed in before, by a sealed cookie. It opens nothing: it only says that wrong tries of strangers are none of this
/// browser's, so that nobody is shut out of their account by who guesses at it.
/// </summary>
/// <remarks>An entry is an account, a number of this browser's own, and the day until which it counts: 16, 16 and 4 bytes, the latest first.</remarks>
internal sealed class KnownBrowsers(IDataProtectionProvider sealing, TimeProvider time)
{
    public const string Cookie = "av1relay.browser";

    private const int MostAccounts = 8; // of a computer in a staff room
    private const int LastsDays = 180;
    private const int IdBytes = 16;
    private const int EntryBytes = IdBytes + IdBytes + sizeof(int);
    private const int Longest = 1_000; // of ours two thirds

    private readonly IDataProtector _protector = sealing.CreateProtector("av1relay.known-browser.1");

    /// <returns>A name of this browser for this account; null: it is not known.</returns>
    public string? Find(HttpRequest request, Guid account) =>
        Read(request).FirstOrDefault(entry => AccountOf(entry) == account) is { } found ? Convert.ToHexString(found.AsSpan(0, IdBytes + IdBytes)) : null;

    /// <returns>A name of this browser, if it is known for any account.</returns>
    public string? FindAny(HttpRequest request) => Read(request).FirstOrDefault() is { } first ? Convert.ToHexString(first.AsSpan(0, IdBytes + IdBytes)) : null;

    /// <summary>The account has just been signed in to, with all that it asks for.</summary>
    public void Remember(HttpContext http, Guid account)
    {
        var entries = Read(http.Request);
        var entry = entries.Find(known => AccountOf(known) == account) ?? New(account); // its tries stay counted
        BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(EntryBytes - sizeof(int)), Today + LastsDays);
        byte[] all = [.. entries.Where(other => AccountOf(other) != account).Prepend(entry).Take(MostAccounts).SelectMany(bytes => bytes)];
        http.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(_protector.Protect(all)), new CookieOptions
        {
            Path = ConsoleServices.Path,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(LastsDays),
        });
    }

    private int Today => (int)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;

    private List<byte[]> Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 and <= Longest } sealedText) return [];
        try
        {
            var entries = _protector.Unprotect(WebEncoders.Base64UrlDecode(sealedText)).Chunk(EntryBytes).Where(entry => entry.Length == EntryBytes);
            return [.. entries.Where(entry => BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(EntryBytes - sizeof(int))) >= Today)];
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or ArgumentException)
        {
            return [];
        }
    }

    private static Guid AccountOf(byte[] entry) => new(entry.AsSpan(0, IdBytes));

    private static byte[] New(Guid account)
    {
        var entry = new byte[EntryBytes];
        account.TryWriteBytes(entry);
        RandomNumberGenerator.Fill(entry.AsSpan(IdBytes, IdBytes));
        return entry;
    }
}
