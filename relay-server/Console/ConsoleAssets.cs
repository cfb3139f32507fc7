using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole;

/// <summary>Style and script of the pages, out of the assembly. Each has its contents' hash in its address, so a browser keeps it for good.</summary>
internal static class ConsoleAssets
{
    private const string Folder = "/staff/assets/";

    private static readonly FrozenDictionary<string, Asset> Assets = new[]
    {
        Load("icon.svg", "image/svg+xml"), Load("console.css", "text/css; charset=utf-8"),
        Load("forms.js", "text/javascript; charset=utf-8"), Load("passkeys.js", "text/javascript; charset=utf-8"),
        Load("live.js", "text/javascript; charset=utf-8"), Load("progress.js", "text/javascript; charset=utf-8"),
    }.ToFrozenDictionary(asset => asset.Name);

    public static string Url(string name) => $"{Folder}{Assets[name].Hash}/{name}";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Folder + "{hash}/{name}", (string hash, string name, HttpContext http) =>
    {
        if (!Assets.TryGetValue(name, out var asset) || asset.Hash != hash) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Bytes, asset.ContentType);
    }).AllowAnonymous();

    private static Asset Load(string name, string contentType)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream($"Assets/{name}")
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Asset(name, contentType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    private sealed record Asset(string Name, string ContentType, byte[] Bytes, string Hash);
}
