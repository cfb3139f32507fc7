using Microsoft.AspNetCore.HttpOverrides;

namespace AV1Relay.RelayServer.Composition;

/// <summary>What proxies say of who came to them.</summary>
internal static class Proxies
{
    /// <summary>Before everything that looks at where a request came from. Without trusted proxies nobody's word is taken for it.</summary>
    public static void UseTrustedProxies(this WebApplication app, RelaySettings settings)
    {
        if (settings.TrustedProxies.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // through as many as are trusted, and no further
        };
        options.KnownProxies.Clear(); // loopback would be, unasked
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
