using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AV1Relay.Domain.Audit;
using AV1Relay.RelayServer.Commands;
using AV1Relay.RelayServer.Composition;
using AV1Relay.RelayServer.Data;
using AV1Relay.Storage;

namespace AV1Relay.RelayServer.Doctor;

/// <summary>Looks at everything that a relay needs, changes nothing that is there, and goes on after a bad finding.</summary>
internal static class Checkup
{
    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static async Task<IReadOnlyList<Finding>> RunAsync(RelaySettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { Clock(time) };
        var isServing = false;
        if (DataDirectory.OpenExisting(settings.DataPath) is { } directory)
        {
            findings.Add(Rights(directory));
            findings.AddRange(await DataAsync(settings, directory, time, cancellationToken));
            isServing = IsServing(directory);
        }
        else
        {
            findings.Add(new Finding("data", Grade.Note, $"{settings.DataPath} holds no relay's data yet: relay-server serve makes it."));
        }

        if (isServing)
            findings.Add(new Finding("ports", Grade.Good, "A relay is serving this data now, so its ports are taken by it."));
        else
            findings.AddRange(Ports(settings));
        findings.Add(Pages(settings));
        findings.Add(ServeOptions.WarningOf(settings) is { } warning
            ? new Finding("encryption", Grade.Bad, warning)
            : new Finding("encryption", Grade.Good, "Nothing that others reach goes in the clear."));
        if (settings.SchoolSignIn is { } school)
            findings.AddRange(await SchoolSignInCheck.RunAsync(school, settings.PublicUrl ?? settings.PageUrls[0].ToString(), cancellationToken));
        if (settings.Mail is { } mail) findings.Add(await MailCheck.RunAsync(mail, cancellationToken));
        return findings;
    }

    private static Finding Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var built = File.GetLastWriteTimeUtc(typeof(Checkup).Assembly.Location);
        return now.UtcDateTime < built.AddDays(-1)
            ? new Finding("clock", Grade.Bad, $"It says {now:u}, which is before this program was built: set the clock (timedatectl).")
            : new Finding("clock", Grade.Good, $"{now:u}");
    }

    private static Finding Rights(DataDirectory directory)
    {
        if (OperatingSystem.IsWindows())
            return new Finding("rights", Grade.Note, $"Look that only the relay's account can read {directory.Path}.");
        var open = new List<string>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory.Path).Prepend(directory.Path))
        {
            if ((File.GetUnixFileMode(entry) & ForOthers) != 0)
                open.Add(entry);
        }

        return open.Count == 0
            ? new Finding("rights", Grade.Good, $"Only its owner can read {directory.Path}.")
            : new Finding("rights", Grade.Bad, $"Others can read {string.Join(", ", open)}: chmod -R go= {directory.Path}");
    }

    private static async Task<IEnumerable<Finding>> DataAsync(
        RelaySettings settings, DataDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await using var data = await RelayData.OpenAsync(settings.DataPath, time, cancellationToken);
            var database = await RelayStorage.CheckAsync(data.Services, cancellationToken);
            var audit = await data.Get<IAuditLog>().VerifyAsync(cancellationToken);
            using var authority = directory.Authority(time.GetUtcNow());
            using var tokenKey = directory.TokenKey();
            using var domainKey = directory.DomainKey();
            var daysLeft = (int)(authority.NotAfter - time.GetUtcNow()).TotalDays;
            return
            [
                database == "ok"
                    ? new Finding("database", Grade.Good, directory.DatabaseName)
                    : new Finding("database", Grade.Bad, $"{directory.DatabaseName} is damaged ({database}): restore it from a backup."),
                audit.FirstBadEntry is null
                    ? new Finding("audit", Grade.Good, $"{audit.Entries} entries, unbroken.")
                    : new Finding("audit", Grade.Bad, $"{audit.Problem} Compare with a backup."),
                daysLeft > 365
                    ? new Finding("certificates", Grade.Good, $"The relay's own CA is good for {daysLeft} more days.")
                    : new Finding("certificates", Grade.Note, $"The relay's own CA ends in {daysLeft} days: plan to enrol the robots again."),
            ];
        }
        catch (CommandException problem)
        {
            return [new Finding("data", Grade.Bad, problem.Message)];
        }
    }

    private static bool IsServing(DataDirectory directory)
    {
        try
        {
            directory.Lock().Dispose();
            return false;
        }
        catch (CommandException)
        {
            return true;
        }
    }

    private static IEnumerable<Finding> Ports(RelaySettings settings)
    {
        foreach (var url in settings.PageUrls.Concat(settings.RobotUrls).Concat(settings.MetricsUrls))
            yield return Port("TCP", new IPEndPoint(url.Address ?? IPAddress.Loopback, url.Port), SocketType.Stream, "another relay, or --urls, --robot-urls and --metrics-urls");
        var media = settings.ToSfuOptions();
        for (var shard = 0; shard < settings.Shards; shard++)
            yield return Port("UDP", media.BindOf(shard), SocketType.Dgram, "another relay, or --media-port and --media-bind");
    }

    private static Finding Port(string kind, IPEndPoint endpoint, SocketType type, string elsewhere)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"port {endpoint.Port}/{kind}");
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(endpoint);
            return new Finding(name, Grade.Good, $"free on {endpoint.Address}");
        }
        catch (SocketException failure)
        {
            return new Finding(name, Grade.Bad, failure.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"In use on {endpoint.Address}: look at {elsewhere}.",
                SocketError.AddressNotAvailable => $"{endpoint.Address} is not an address of this machine: look at the option that names it.",
                SocketError.AccessDenied => "This account may not open it: choose a port above 1023.",
                _ => $"Can't be opened on {endpoint.Address}: {failure.Message}",
            });
        }
    }

    private static Finding Pages(RelaySettings settings) => new Api.Join.PupilPages(settings.PagesFolder).Index is { } index
        ? new Finding("pages", Grade.Good, index)
        : new Finding("pages", Grade.Bad, "The pupil's pages are not built: npm ci && npm run build in student-client, or give --pages.");
}
