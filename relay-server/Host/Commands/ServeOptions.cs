using System.CommandLine;
using System.Net;
using AV1Relay.RelayServer.Composition;

namespace AV1Relay.RelayServer.Commands;

/// <summary>The options that say where a relay listens; <c>serve</c> and <c>doctor</c> have them.</summary>
internal sealed class ServeOptions
{
    private const int FirstUserPort = 1_024;
    private const int LastPort = 65_535;
    private const int MaxShards = 64;

    private readonly Option<string> _data = SharedOptions.Data(isMade: true);
    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where pages, WHIP/WHEP and gRPC-Web are served, comma-separated; https:// uses a certificate from the relay's own CA (GET /ca.crt).",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    private readonly Option<string?> _robotUrls = new("--robot-urls")
    {
        Description = "Where robots are served, https only; same address and port + 363 unless given.",
        HelpName = "URL",
    };

    private readonly Option<string?> _metricsUrls = new("--metrics-urls")
    {
        Description = "Where /metrics, /healthz and /readyz alone are served, to whoever reaches it, comma-separated; without it /metrics is for this machine alone.",
        HelpName = "URL",
    };

    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "How pupils and robots reach --urls from outside, behind a proxy or a name.",
        HelpName = "URL",
    };

    private readonly Option<string[]> _trustedProxies = new("--trusted-proxy")
    {
        Description = "A proxy before --urls, whose X-Forwarded-For and X-Forwarded-Proto are believed; an address or a network such as 10.0.0.0/24, again for each.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _mediaAddress = new("--media-address")
    {
        Description = "Addresses that media is sent to, comma-separated; that of --urls unless given.",
        HelpName = "ADDR",
    };

    private readonly Option<int> _mediaPort = new("--media-port")
    {
        Description = "UDP port of the first shard; each further shard takes the next one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => 20_000,
    };

    private readonly Option<string?> _mediaBind = new("--media-bind")
    {
        Description = "What the first media socket binds to, where that differs from what is advertised; with several media addresses every address of this machine unless given.",
        HelpName = "ADDR:PORT",
    };

    private readonly Option<int> _shards = new("--shards")
    {
        Description = "Media threads, each with a UDP port; one a processor unless given.",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MaxShards),
    };

    private readonly Option<int?> _mediaTcpPort = new("--media-tcp-port")
    {
        Description = "Kept for media over TCP, which this version does not offer yet: has no effect.",
        HelpName = "PORT",
    };

    private readonly Option<string[]> _mediaLimits = new("--media-limit")
    {
        Description = $"A limit or time of the media relay, again for each: {string.Join(", ", MediaLimits.Names)}.",
        HelpName = "NAME=NUMBER",
        DefaultValueFactory = _ => [],
    };

    private readonly SchoolSignInOptions _school = new();
    private readonly SmtpOptions _mail = new();

    private readonly Option<string?> _pages = new("--pages")
    {
        Description = "Folder of the pupil's built pages; found beside the program unless given.",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_data, _urls, _robotUrls, _metricsUrls, _publicUrl, _trustedProxies, _mediaAddress, _mediaPort, _mediaBind, _shards, _mediaTcpPort, _mediaLimits, _pages, .. _school.All, .. _mail.All])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What others could read on the way, in words; null when nothing.</summary>
    public static string? WarningOf(RelaySettings settings) => settings.InTheClear is not { } url
        ? null
        : $"WARNING: {url} can be reached from other computers, and nothing on it is encrypted: pupils' codes and tokens can be read on the way, and browsers give no microphone. "
            + "Use https:// (a certificate of the relay's own CA comes with it), or put a proxy with TLS before it and say so with --public-url https://NAME.";

    /// <summary>What was asked for and will not come, in words; null when there is nothing such.</summary>
    public string? NoticeOf(ParseResult result) => result.GetValue(_mediaTcpPort) is null
        ? null
        : "--media-tcp-port has no effect: media over TCP is not offered yet, so open the UDP ports to whoever takes part.";

    /// <exception cref="CommandException">A setting is wrong; the message names it.</exception>
    public RelaySettings Read(ParseResult result)
    {
        var pageUrls = ReadUrls("--urls", result.GetRequiredValue(_urls));
        var robotUrls = result.GetValue(_robotUrls) is { } given ? ReadUrls("--robot-urls", given) : [.. pageUrls.Select(url => url.ForRobots())];
        if (robotUrls.FirstOrDefault(url => !url.IsHttps) is { } inTheClear)
            throw new CommandException($"--robot-urls {inTheClear}: robots come with certificates, so it starts with https://.");

        var shards = InRange("--shards", result.GetValue(_shards), 1, MaxShards);
        var mediaPort = InRange("--media-port", result.GetValue(_mediaPort), FirstUserPort, LastPort - shards + 1);
        var mediaAddresses = ReadMediaAddresses(result.GetValue(_mediaAddress), pageUrls[0]);
        if (result.GetValue(_mediaTcpPort) is { } tcpPort)
            InRange("--media-tcp-port", tcpPort, 1, LastPort);
        var settings = new RelaySettings(
            result.GetRequiredValue(_data), pageUrls, robotUrls, mediaAddresses, mediaPort,
            ReadMediaBind(result.GetValue(_mediaBind)), shards,
            ReadPublicUrl(result.GetValue(_publicUrl)), PagesFolder.Find(result.GetValue(_pages)))
        {
            MetricsUrls = result.GetValue(_metricsUrls) is { } metrics ? ReadUrls("--metrics-urls", metrics) : [],
            TrustedProxies = [.. result.GetRequiredValue(_trustedProxies).Select(ReadProxy)],
            SchoolSignIn = _school.Read(result),
            Mail = _mail.Read(result),
            MediaLimits = ReadMediaLimits(result.GetRequiredValue(_mediaLimits)),
        };
        return MediaLimits.ProblemOf(settings.ToSfuOptions()) is { } problem ? throw new CommandException($"--media-limit: {problem}") : settings;
    }

    private static Dictionary<string, int> ReadMediaLimits(string[] texts)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            limits[MediaLimits.TryParse(text, out var name, out var value, out var problem) ? name : throw new CommandException($"--media-limit: {problem}")] = value;
        return limits;
    }

    private static IPNetwork ReadProxy(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0
            ? network
            : throw new CommandException($"--trusted-proxy: '{text}' is neither an address nor a network such as 10.0.0.0/24.");
    }

    private static List<ListenUrl> ReadUrls(string option, string text)
    {
        var urls = new List<ListenUrl>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            urls.Add(ListenUrl.TryParse(part, out var url, out var problem) ? url : throw new CommandException($"{option}: {problem}"));
        return urls.Count > 0 ? urls : throw new CommandException($"{option} is empty: give a URL such as http://127.0.0.1:8080.");
    }

    private static List<IPAddress> ReadMediaAddresses(string? text, ListenUrl firstPage)
    {
        if (text is null)
            return [firstPage is { IsEverywhere: false, Address: { } same } ? same : IPAddress.Loopback];
        var addresses = new List<IPAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPAddress.TryParse(part, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
                throw new CommandException($"--media-address: '{part}' is not an address that others can send to.");
            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : throw new CommandException("--media-address is empty.");
    }

    private static IPEndPoint? ReadMediaBind(string? text)
    {
        if (text is null)
            return null;
        return IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0
            ? endpoint
            : throw new CommandException($"--media-bind: '{text}' is not an address with a port, such as 0.0.0.0:20000.");
    }

    private static string? ReadPublicUrl(string? text)
    {
        if (text is null)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.AbsolutePath == "/"
            ? text.TrimEnd('/')
            : throw new CommandException($"--public-url: '{text}' is not a URL such as https://relay.example.org.");
    }

    private static int InRange(string option, int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new CommandException($"{option} {value}: give a number between {least} and {most}.");
}
