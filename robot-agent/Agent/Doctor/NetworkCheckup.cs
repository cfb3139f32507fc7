using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.Doctor;

/// <summary>The way to the relay: name, pages, and the robots' endpoint with both certificates.</summary>
internal sealed class NetworkCheckup(Uri? relay, RobotIdentity? identity, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (relay is null) return [new("network", Grade.Note, "Not looked at: name the relay with --relay.")];
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var findings = new List<Finding>();
        if (await ResolveAsync(findings, either.Token) && await DiscoverAsync(findings, either.Token) is { } robotUrl)
            await ShakeHandsAsync(findings, robotUrl, either.Token);
        findings.Add(new("udp", Grade.Note, "The relay answers media packets of a session only, so UDP shows when a session begins: the robot's page says when it fails. Its ports are on the relay's firewall sheet."));
        return findings;
    }

    private async Task<bool> ResolveAsync(List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(relay!.Host.Trim('[', ']'), cancellationToken); // checked by the caller
            findings.Add(new("name", Grade.Good, $"{relay.Host} is found ({addresses.Length} address{(addresses.Length == 1 ? "" : "es")})."));
            return true;
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException)
        {
            findings.Add(new("name", Grade.Bad, $"{relay!.Host} is not found: check its spelling and this network's DNS."));
            return false;
        }
    }

    private async Task<Uri?> DiscoverAsync(List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = identity is null ? RelayTrust.NobodyYet() : RelayTrust.Web(identity.Authority, identity.IssuedAt, time);
            using var http = new HttpClient(handler) { Timeout = Limit };
            var discovered = await RelayDiscovery.AskAsync(http, relay!, cancellationToken); // checked by the caller
            findings.Add(new("pages", Grade.Good, $"The relay answers (version {discovered.Version})."));
            return discovered.RobotUrl;
        }
        catch (Exception problem) when (problem is RelayUnreachableException or OperationCanceledException)
        {
            findings.Add(new("pages", Grade.Bad, problem is RelayUnreachableException ? problem.Message : $"{relay} does not answer in time."));
            return null;
        }
    }

    private async Task ShakeHandsAsync(List<Finding> findings, Uri robotUrl, CancellationToken cancellationToken)
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(robotUrl.Host.Trim('[', ']'), robotUrl.Port, cancellationToken);
            if (identity is null)
            {
                findings.Add(new("link", Grade.Note, $"Port {robotUrl.Port} for robots is open; enrol the robot to go on."));
                return;
            }

            await using var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(RelayTrust.LinkOptions(identity, identity.IssuedAt, time, robotUrl.Host), cancellationToken);
            findings.Add(new("link", Grade.Good, $"Port {robotUrl.Port} for robots is open, and relay and robot know each other."));
        }
        catch (AuthenticationException)
        {
            findings.Add(new("link", Grade.Bad, $"Port {robotUrl.Port} answers, but not as the relay that enrolled this robot: something in the network reads along, or the relay is another. Enrol again, or ask for port {robotUrl.Port} to be left alone."));
        }
        catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException)
        {
            findings.Add(new("link", Grade.Bad, $"Port {robotUrl.Port} of {robotUrl.Host} can't be reached: have it opened for robots (TCP)."));
        }
    }
}
