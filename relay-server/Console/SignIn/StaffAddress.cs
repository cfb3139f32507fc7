using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How others reach the pages.</summary>
/// <param name="PublicUrl">Null: as each request says.</param>
internal sealed record StaffAddress(Uri? PublicUrl)
{
    public bool IsSecure => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public string Of(HttpRequest request, string path) =>
        $"{(PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) : $"{request.Scheme}://{request.Host}")}{path}";
}
