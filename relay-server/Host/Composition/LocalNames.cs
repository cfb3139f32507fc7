using System.Net;
using System.Net.NetworkInformation;
using AV1Relay.Api.Certificates;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Every name and address that this relay may be called by, for its certificate.</summary>
internal static class LocalNames
{
    public static ServerNames For(RelaySettings settings)
    {
        var urls = settings.PageUrls.Concat(settings.RobotUrls).ToList();
        var machine = Dns.GetHostName().ToLowerInvariant();
        HashSet<string> names = ["localhost"];
        if (Uri.CheckHostName(machine) == UriHostNameType.Dns)
            names.UnionWith([machine, $"{machine}.local"]);
        HashSet<IPAddress> addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback, .. settings.MediaAddresses];
        addresses.UnionWith(urls.Where(url => !url.IsEverywhere).Select(url => url.Address).OfType<IPAddress>());
        if (urls.Exists(url => url.IsEverywhere))
            addresses.UnionWith(OfThisMachine());
        if (settings.PublicUrl is not null && new Uri(settings.PublicUrl) is var publicUrl)
        {
            if (IPAddress.TryParse(publicUrl.DnsSafeHost, out var address))
                addresses.Add(address);
            else
                names.Add(publicUrl.DnsSafeHost.ToLowerInvariant());
        }

        return new ServerNames(names, addresses);
    }

    private static IEnumerable<IPAddress> OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal);
}
