using System.CommandLine;
using AV1Relay.RelayServer.Commands;
using AV1Relay.RelayServer.Mail;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

/// <summary>How a technician says which mail server takes reminders.</summary>
public sealed class SmtpOptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-smtp");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_host_there_is_none() => Assert.Null(Read());

    [Theory]
    [InlineData(587)]
    [InlineData(587, "--smtp-tls", "starttls")]
    [InlineData(465, "--smtp-tls", "implicit")]
    [InlineData(25, "--smtp-tls", "none")]
    [InlineData(2525, "--smtp-port", "2525")]
    public void The_port_is_the_usual_one_of_that_way_unless_given(int port, params string[] options) =>
        Assert.Equal(port, Read(["--smtp-host", "smtp.school.example", "--smtp-from", "reminders@school.example", .. options])!.Port);

    [Fact]
    public void The_password_comes_from_a_file_and_is_never_printed()
    {
        var settings = Read("--smtp-host", "smtp.school.example", "--smtp-from", "AV1Relay <reminders@school.example>", "--smtp-user", "relay", "--smtp-password-file", Secret("s3cret"))!;

        Assert.Equal(new SmtpSignIn("relay", "s3cret"), settings.SignIn);
        Assert.DoesNotContain("s3cret", $"{settings} {settings.SignIn}", StringComparison.Ordinal);
        Assert.Equal(("AV1Relay", "reminders@school.example"), (settings.From.Name, settings.From.Address));
    }

    [Theory]
    [InlineData("--smtp-port is given without --smtp-host", "--smtp-port", "25")]
    [InlineData("--smtp-tls is given without --smtp-host", "--smtp-tls", "starttls")]
    [InlineData("--smtp-from is given without --smtp-host", "--smtp-from", "reminders@school.example")]
    [InlineData("--smtp-host and --smtp-from go together", "--smtp-host", "smtp.school.example")]
    [InlineData("--smtp-user and --smtp-password-file go together", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-user", "relay")]
    [InlineData("--smtp-user and --smtp-password-file go together", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-password-file", "SECRET")]
    [InlineData("--smtp-tls: 'ssl' is not one of", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-tls", "ssl")]
    [InlineData("the password would go to h in the clear", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-tls", "none", "--smtp-user", "relay", "--smtp-password-file", "SECRET")]
    [InlineData("is not a name such as", "--smtp-host", "smtp://h", "--smtp-from", "a@b.example")]
    [InlineData("is not an address such as", "--smtp-host", "h", "--smtp-from", "reminders")]
    [InlineData("is not an address such as", "--smtp-host", "h", "--smtp-from", "a@b.example\r\nBcc: c@d.example")]
    [InlineData("give a number between", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-port", "70000")]
    [InlineData("can't be read", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-user", "relay", "--smtp-password-file", "MISSING")]
    [InlineData("others can read it", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-user", "relay", "--smtp-password-file", "OPEN")]
    [InlineData("holds no certificate", "--smtp-host", "h", "--smtp-from", "a@b.example", "--smtp-ca-file", "SECRET")]
    public void What_is_half_given_or_wrong_is_said(string said, params string[] options)
    {
        var (secret, open) = (Secret("s3cret"), Secret("s3cret"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var refused = Assert.Throws<CommandException>(() => Read(
            [.. options.Select(option => option switch { "SECRET" => secret, "OPEN" => open, "MISSING" => Path.Combine(_folder.FullName, "missing"), _ => option })]));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "localhost", "none")]
    [InlineData(false, "127.0.0.1", "none")]
    [InlineData(false, "smtp.school.example", "starttls")]
    [InlineData(true, "smtp.school.example", "none")]
    public void Mails_that_others_can_read_on_the_way_are_warned_of(bool isWarned, string host, string tls) =>
        Assert.Equal(isWarned, SmtpOptions.WarningOf(Read("--smtp-host", host, "--smtp-from", "a@b.example", "--smtp-tls", tls)) is not null);

    [Fact]
    public void On_this_machine_a_password_may_go_in_the_clear() =>
        Assert.NotNull(Read("--smtp-host", "127.0.0.1", "--smtp-from", "a@b.example", "--smtp-tls", "none", "--smtp-user", "relay", "--smtp-password-file", Secret("s3cret"))!.SignIn);

    private string Secret(string text)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString());
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static SmtpSettings? Read(params string[] arguments)
    {
        var options = new SmtpOptions();
        var command = new Command("serve");
        foreach (var option in options.All) command.Options.Add(option);
        return options.Read(command.Parse(arguments));
    }
}
