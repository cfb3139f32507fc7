using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.RelayServer.Mail;
using MimeKit;

namespace AV1Relay.RelayServer.Commands;

/// <summary>The options of the mail server that takes the relay's reminders.</summary>
internal sealed class SmtpOptions
{
    private const string Example = "reminders@school.example";

    private readonly Option<string?> _host = new("--smtp-host")
    {
        Description = "Mail server that takes reminders for those who ask for them; without it there are none.",
        HelpName = "HOST",
    };

    private readonly Option<int?> _port = new("--smtp-port") { Description = "Its port; 587 with starttls, 465 with implicit and 25 with none unless given.", HelpName = "PORT" };

    private readonly Option<string> _tls = new("--smtp-tls")
    {
        Description = "How mails are encrypted on the way to it: starttls, implicit (TLS from the first byte), or none.",
        HelpName = "HOW",
        DefaultValueFactory = _ => "starttls",
    };

    private readonly Option<string?> _user = new("--smtp-user") { Description = "As whom the relay signs in there; without it, it does not.", HelpName = "NAME" };

    private readonly Option<string?> _passwordFile = new("--smtp-password-file")
    {
        Description = "File with that user's password, on its first line; readable by the relay's account alone.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _from = new("--smtp-from") { Description = $"Address that reminders come from, such as {Example}.", HelpName = "ADDRESS" };

    private readonly Option<string?> _authorities = new("--smtp-ca-file")
    {
        Description = "File with the certificates (PEM) of the authority that made out the server's, where this machine does not know it.",
        HelpName = "FILE",
    };

    public IEnumerable<Option> All => [_host, _port, _tls, _user, _passwordFile, _from, _authorities];

    /// <summary>What others could read on the way, in words; null when nothing.</summary>
    public static string? WarningOf(SmtpSettings? settings) => settings is { Tls: SmtpTls.None } && !IsLoopback(settings.Host)
        ? $"WARNING: mails go to {settings} in the clear: who reads along sees when and where sessions are, and links that stop reminders. Use --smtp-tls starttls."
        : null;

    /// <returns>Null: there is none.</returns>
    /// <exception cref="CommandException">A setting is wrong; the message names it.</exception>
    public SmtpSettings? Read(ParseResult result)
    {
        var (host, from, user, file) = (result.GetValue(_host)?.Trim(), result.GetValue(_from), result.GetValue(_user), result.GetValue(_passwordFile));
        if (string.IsNullOrEmpty(host))
        {
            return All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } lonely
                ? throw new CommandException($"{lonely.Name} is given without --smtp-host: give the mail server's name, or none of these options.")
                : null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw new CommandException($"--smtp-host: '{host}' is not a name such as smtp.school.example.");
        if (from is null) throw new CommandException($"--smtp-host and --smtp-from go together: give the address that reminders come from, such as {Example}.");
        if ((user is null) != (file is null)) throw new CommandException("--smtp-user and --smtp-password-file go together: give both, or none.");
        var tls = result.GetRequiredValue(_tls) switch
        {
            "starttls" => SmtpTls.StartTls,
            "implicit" => SmtpTls.Implicit,
            "none" => SmtpTls.None,
            var other => throw new CommandException($"--smtp-tls: '{other}' is not one of starttls, implicit and none."),
        };
        if (tls == SmtpTls.None && user is not null && !IsLoopback(host))
            throw new CommandException($"--smtp-tls none: the password would go to {host} in the clear. Use starttls or implicit.");
        var port = result.GetValue(_port) ?? tls switch { SmtpTls.StartTls => 587, SmtpTls.Implicit => 465, _ => 25 };
        if (port is < 1 or > IPEndPoint.MaxPort) throw new CommandException($"--smtp-port {port}: give a number between 1 and {IPEndPoint.MaxPort}.");
        return new SmtpSettings(
            host, port, tls, ReadFrom(from), user is null ? null : new SmtpSignIn(user, SecretFile.Read("--smtp-password-file", file!, "the password")), // they go together
            result.GetValue(_authorities) is { } authorities ? ReadAuthorities(authorities) : null);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static MailboxAddress ReadFrom(string text) =>
        MailboxAddress.TryParse(text, out var from) && from.Domain.Length > 0 && !text.Any(char.IsControl)
            ? from
            : throw new CommandException($"--smtp-from: '{text}' is not an address such as {Example}.");

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        try
        {
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new CommandException($"--smtp-ca-file {file} holds no certificate: it starts with -----BEGIN CERTIFICATE-----.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException($"--smtp-ca-file {file} can't be read: {failure.Message}");
        }
    }
}
