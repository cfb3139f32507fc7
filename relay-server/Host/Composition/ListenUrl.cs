using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Something to listen on: <c>http://127.0.0.1:8080</c>, <c>https://0.0.0.0:8443</c>, <c>http://localhost:8080</c>.</summary>
/// <param name="IsHttps">With TLS.</param>
/// <param name="Host">As it was given; <c>*</c> for every address.</param>
/// <param name="Port">0: the system chooses one.</param>
internal sealed record ListenUrl(bool IsHttps, string Host, int Port)
{
    private const int LastPort = 65_535;

    /// <summary>Every address of this machine.</summary>
    public bool IsEverywhere => Host == "*" || (IPAddress.TryParse(Host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>For this machine alone.</summary>
    public bool IsLoopback => IsLocalhost || (Address is { } address && IPAddress.IsLoopback(address));

    public bool IsLocalhost => Host == "localhost";

    /// <summary>Null for <c>localhost</c> and <c>*</c>.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        problem = null;
        // Uri knows no '*': both ways of saying "everywhere" are read as one.
        var readable = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(readable, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            problem = $"'{text}' is not a URL such as http://127.0.0.1:8080.";
        else if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0)
            problem = $"'{text}' has more than a scheme, an address and a port.";
        else if (uri.Host != "localhost" && !IPAddress.TryParse(uri.DnsSafeHost, out _))
            problem = $"'{text}' does not name an address of this machine: give one, localhost, or 0.0.0.0 for all.";
        else
            url = new ListenUrl(uri.Scheme == "https", uri.DnsSafeHost, uri.Port);
        return url is not null;
    }

    /// <summary>Where robots are served unless told otherwise: with TLS, on the same address, 363 ports on.</summary>
    public ListenUrl ForRobots() => new(true, Host, Port == 0 ? 0 : Port + 363 <= LastPort ? Port + 363 : Port - 363);

    /// <summary>How others write it: the same with the port that was bound and, for "everywhere", an address that leads here.</summary>
    public string ToReachable(int boundPort, string addressForEverywhere)
    {
        var host = IsEverywhere ? addressForEverywhere : Host;
        if (host.Contains(':', StringComparison.Ordinal))
            host = $"[{host}]";
        return string.Create(CultureInfo.InvariantCulture, $"{(IsHttps ? "https" : "http")}://{host}:{boundPort}");
    }

    public override string ToString() => ToReachable(Port, Host);
}
