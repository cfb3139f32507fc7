using System.Net;
using OpenIddict.Abstractions;

namespace AV1Relay.Tests.OpenIdProvider;

/// <summary>Who can sign in at the school, and those with whom something goes wrong.</summary>
internal sealed record Adult(string Id, string Name, string Email, bool IsVerified);

internal static class Adults
{
    public const string CallsItOff = "calls-it-off";
    public const string DoesNotSignInAgain = "still-signed-in";
    public const string WrongNonce = "wrong-nonce";
    public const string WrongState = "wrong-state";

    private static readonly Adult[] All =
    [
        new("okafor", "Ms Okafor", "sendco@school.example", IsVerified: true),
        new("ibis", "Mr Ibis", "teacher@school.example", IsVerified: true),
        new("unverified", "Somebody who says to be Ms Okafor", "sendco@school.example", IsVerified: false),
        new(DoesNotSignInAgain, "Somebody who is still signed in", "still@school.example", IsVerified: true),
        new(CallsItOff, "Somebody who calls it off", "off@school.example", IsVerified: true),
        new(WrongNonce, "Ms Okafor with another's token", "sendco@school.example", IsVerified: true),
        new(WrongState, "Ms Okafor from another page", "sendco@school.example", IsVerified: true),
    ];

    public static Adult? Find(string? id) => Array.Find(All, adult => adult.Id == id);

    /// <summary>Who are you? The same request again, with the answer.</summary>
    public static string PageFor(OpenIddictRequest request)
    {
        var asked = string.Join('&', request.GetParameters().Select(parameter => $"{parameter.Key}={Uri.EscapeDataString((string?)parameter.Value ?? "")}"));
        var links = All.Select(adult => $"<li><a href=\"/authorize?{WebUtility.HtmlEncode(asked)}&amp;as={adult.Id}\">{adult.Name}</a></li>");
        return $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>School</title><h1>Who are you?</h1><ul>{string.Concat(links)}</ul></html>";
    }
}
