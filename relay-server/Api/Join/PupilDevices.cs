using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.Api.Join;

/// <summary>By what a browser is known again: a secret that it keeps in a cookie, and of which the relay keeps no more than a hash.</summary>
/// <remarks>The same for every code that one browser uses, so that coming back replaces its own connection.</remarks>
internal readonly record struct PupilDeviceSecret(string Value)
{
    /// <summary>What the relay calls the device, in tokens, records and grants. It does not let anybody in.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Value)).AsSpan(0, 16));

    public override string ToString() => Id;
}

internal static class PupilDevices
{
    private const string Cookie = "av1relay-device";
    private const int SecretLength = 32; // hexadecimal characters

    /// <summary>A technician's try leaves no trace by the next day.</summary>
    public static readonly TimeSpan AdHocFor = TimeSpan.FromHours(12);

    /// <summary>A pupil's own device stays theirs for a school year; browsers remember no longer.</summary>
    public static readonly TimeSpan OfPupilFor = TimeSpan.FromDays(366);

    /// <summary>The browser's, or what it would be given.</summary>
    public static PupilDeviceSecret Find(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(PupilDevices), out var made) && made is PupilDeviceSecret same) return same;
        var secret = context.Request.Cookies[Cookie] is { Length: SecretLength } known && known.All(char.IsAsciiHexDigitLower)
            ? new PupilDeviceSecret(known)
            : new PupilDeviceSecret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength / 2)));
        context.Items[typeof(PupilDevices)] = secret;
        return secret;
    }

    /// <summary>Has the browser keep it for so long from now on.</summary>
    /// <param name="pageUrl">How the outside reaches the pages: behind a proxy with TLS the request itself comes in the clear.</param>
    public static PupilDeviceSecret Remember(HttpContext context, string pageUrl, TimeSpan rememberedFor)
    {
        var secret = Find(context);
        if (context.Request.Cookies[Cookie] == secret.Value && rememberedFor <= AdHocFor) return secret; // kept already, perhaps for longer
        context.Response.Cookies.Append(Cookie, secret.Value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = rememberedFor,
            Path = "/join",
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps || pageUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase),
        });
        return secret;
    }
}
