using System.Net;
using AV1Relay.RelayServer.Mail;
using AV1Relay.Sfu;
using AV1Relay.StaffConsole.SignIn;

namespace AV1Relay.RelayServer.Composition;

/// <summary>What a server was started with; checked, and never changed.</summary>
/// <param name="DataPath">Folder of database and keys.</param>
/// <param name="PageUrls">Pages, WHIP/WHEP, gRPC-Web; at least one.</param>
/// <param name="RobotUrls">gRPC for robots, with TLS; at least one.</param>
/// <param name="MediaAddresses">What answers advertise; at least one.</param>
/// <param name="MediaPort">UDP port of the first shard, as advertised.</param>
/// <param name="MediaBind">What the first shard's socket binds to; null: the media address, or with several of them any.</param>
/// <param name="Shards">Threads with a UDP port each.</param>
/// <param name="PublicUrl">How the outside reaches the pages, where that differs; without a final slash.</param>
/// <param name="PagesFolder">The pupil's built pages; null when there are none.</param>
internal sealed record RelaySettings(
    string DataPath,
    IReadOnlyList<ListenUrl> PageUrls,
    IReadOnlyList<ListenUrl> RobotUrls,
    IReadOnlyList<IPAddress> MediaAddresses,
    int MediaPort,
    IPEndPoint? MediaBind,
    int Shards,
    string? PublicUrl,
    string? PagesFolder)
{
    /// <summary>Where metrics and health are served to whoever asks; without one, metrics are for this machine alone.</summary>
    public IReadOnlyList<ListenUrl> MetricsUrls { get; init; } = [];

    /// <summary>The media relay's limits that differ from their defaults, by the names of <see cref="SfuOptions"/>.</summary>
    public IReadOnlyDictionary<string, int> MediaLimits { get; init; } = new Dictionary<string, int>();

    /// <summary>Proxies whose <c>X-Forwarded-For</c> is believed: to the limits, the source is then who came to the proxy.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The schools' own sign-in to the staff's pages; null: there is none.</summary>
    public SchoolSignInSettings? SchoolSignIn { get; init; }

    /// <summary>The mail server that takes reminders; null: there are none.</summary>
    public SmtpSettings? Mail { get; init; }

    /// <summary>The pages that others reach without TLS, where no proxy with TLS is said to stand before them; null: none.</summary>
    public ListenUrl? InTheClear => PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true
        ? null
        : PageUrls.FirstOrDefault(url => !url.IsHttps && !url.IsLoopback);

    /// <summary>The same for the media relay.</summary>
    public SfuOptions ToSfuOptions()
    {
        var options = new SfuOptions
        {
            MediaAddresses = [.. MediaAddresses.Select(address => address.ToString())],
            MediaPort = MediaPort,
            MediaBind = MediaBind?.ToString(),
            Shards = Shards,
        };
        Composition.MediaLimits.Apply(MediaLimits, options);
        return options;
    }
}
