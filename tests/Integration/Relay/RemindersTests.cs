using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reminders;
using AV1Relay.RelayServer.Mail;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using AV1Relay.Tests.Rig;
using AV1Relay.Tests.Unit.Application;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Reminders from the page to a mail server in a process of its own, on an autumn Monday at five.</summary>
public sealed class RemindersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Five = new(2026, 11, 9, 17, 0, 0, TimeSpan.Zero); // London's clocks show UTC
    private static readonly DateTimeOffset BeforeFive = Five.AddSeconds(-10);
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(2);
    private static readonly Caller Teacher = InventedSchool.Teacher;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-reminders");
    private readonly LocalMailServer _server = new(signIn: ("relay", "s3cret"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => new(_server.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Somebody_shows_that_an_address_is_theirs_chooses_and_gets_one_mail_also_across_a_restart()
    {
        await using (var relay = await StartAsync())
        {
            await InviteAsync(relay, Teacher, "teacher@school.example");
            using var browser = await BrowserOfAsync(relay, Teacher);
            Assert.Equal("/staff/reminders", PathOf(await browser.SendAsync("/staff/reminders", "code")));
            var code = Regex.Match(Assert.Single(_server.Mails).Text, "\\b\\d{6}\\b").Value;
            Assert.Contains("That is not the code", (await browser.SendAsync("/staff/reminders", "confirm", ("Typed.Code", code == "123456" ? "654321" : "123456"))).Page, StringComparison.Ordinal);
            Assert.Contains("done=confirmed", (await browser.SendAsync("/staff/reminders", "confirm", ("Typed.Code", code))).To, StringComparison.Ordinal);
            Assert.Contains("done=kept", (await browser.SendAsync("/staff/reminders", "keep", ("Chosen.Sessions", "yes"))).To, StringComparison.Ordinal);

            await relay.AdvanceUntilAsync(() => _server.Mails.Count == 2, AWhile);
        }

        var mail = _server.Mails[1];
        Assert.Equal(("teacher@school.example", true), (mail.To, mail.IsEncrypted));
        Assert.Contains("Tuesday 10 November 2026\n  10:05 to 10:35  robot-a, 8B (not agreed yet)\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(("reminders@school.example", "Your reminder of Monday 9 November 2026", "auto-generated"), (mail.Header("From"), mail.Header("Subject"), mail.Header("Auto-Submitted")));
        Assert.Matches("^<http://127.0.0.1:\\d+/reminders/stop\\?key=[\\w-]+>$", mail.Header("List-Unsubscribe"));

        await using var again = await StartAsync(BeforeFive.AddMinutes(10));
        await RoundAsync(again, Five.AddMinutes(15));
        Assert.Equal(2, _server.Mails.Count);
        Assert.DoesNotContain(again.Log.All, line => line.Contains("teacher@", StringComparison.Ordinal) || line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_down_at_five_and_up_later_gets_it_later_the_same_evening()
    {
        await using var relay = await StartAsync();
        await AskAsync(relay, Teacher, "teacher@school.example");
        await _server.StopAsync();
        await relay.AdvanceUntilAsync(() => relay.Log.All.Any(line => line.Contains("Reminders wait: The mail server localhost", StringComparison.Ordinal)), AWhile);
        await _server.StartAsync();

        Pass(relay, Five.AddMinutes(15));
        await relay.AdvanceUntilAsync(() => _server.Mails.Count == 1, AWhile);

        Assert.Contains(relay.Log.All, line => line.Contains("can't be reached: look at --smtp-host, --smtp-port and the firewall.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_refused_for_now_is_tried_again_and_one_refused_for_good_is_told_on_its_page()
    {
        await using var relay = await StartAsync();
        await AskAsync(relay, Teacher, "later@school.example");
        await AskAsync(relay, InventedSchool.KeyAdult, "refused@school.example");
        await relay.AdvanceUntilAsync(() => IsLogged(relay, "Reminders: 0 sent, 1 to be tried again, 1 refused, 0 broken off."), AWhile);

        Pass(relay, Five.AddMinutes(15));
        await relay.AdvanceUntilAsync(() => IsLogged(relay, "Reminders: 1 sent, 0 to be tried again, 0 refused, 0 broken off."), AWhile);

        Assert.Equal("later@school.example", Assert.Single(_server.Mails).To);
        using var browser = await BrowserOfAsync(relay, InventedSchool.KeyAdult);
        Assert.Contains("Your address took no mail on Monday 9 November 2026.", await browser.ReadAsync("/staff/reminders"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_broke_off_while_it_was_handed_over_is_not_sent_again()
    {
        await using var relay = await StartAsync();
        await AskAsync(relay, Teacher, "breaks@school.example");
        await relay.AdvanceUntilAsync(() => IsLogged(relay, "Reminders: 0 sent, 0 to be tried again, 0 refused, 1 broken off."), AWhile);
        await _server.StopAsync();
        await _server.StartAsync();

        await RoundAsync(relay, Five.AddMinutes(15));

        Assert.Single(_server.Mails); // it did arrive
        using var browser = await BrowserOfAsync(relay, Teacher);
        Assert.Contains("Nobody knows whether the reminder of Monday 9 November 2026 arrived", await browser.ReadAsync("/staff/reminders"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_a_mail_stops_them_with_one_click_and_looking_at_it_does_not()
    {
        await using var relay = await StartAsync(publicUrl: "https://relay.school.example");
        await AskAsync(relay, Teacher, "teacher@school.example");
        await AskAsync(relay, InventedSchool.KeyAdult, "key-adult@school.example");
        await relay.AdvanceUntilAsync(() => _server.Mails.Count == 2, AWhile);
        var mail = _server.Mails.Single(mail => mail.To == "teacher@school.example");
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        var stop = new Uri(mail.Header("List-Unsubscribe").Trim('<', '>')).PathAndQuery;
        using var programme = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = relay.Http.BaseAddress };

        using var looked = await programme.GetAsync(new Uri(stop, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, looked.StatusCode);
        Assert.Contains("Stop your reminders?", await programme.ReadAsync(looked.Headers.Location!.OriginalString), StringComparison.Ordinal); // it leads there
        Assert.NotNull(await KeptAsync(relay, Teacher));
        using var forged = await ClickAsync(programme, stop[..^6] + "AAAAAA");
        Assert.Equal((HttpStatusCode.NotFound, true), (forged.StatusCode, await KeptAsync(relay, Teacher) is not null));

        using var clicked = await ClickAsync(programme, stop);
        using var twice = await ClickAsync(programme, stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (clicked.StatusCode, twice.StatusCode));
        Assert.Null(await KeptAsync(relay, Teacher));
        Assert.NotNull(await KeptAsync(relay, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task The_page_that_a_mail_links_to_asks_first_and_then_stops_them()
    {
        await using var relay = await StartAsync();
        await AskAsync(relay, Teacher, "teacher@school.example");
        await relay.AdvanceUntilAsync(() => _server.Mails.Count == 1, AWhile);
        var link = new Uri(Regex.Match(_server.Mails[0].Text, "http\\S+/staff/reminders/stop\\S+").Value).PathAndQuery;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = relay.Http.BaseAddress };

        Assert.Contains("Your reminders are stopped", (await browser.SendAsync(link, "stop")).Page, StringComparison.Ordinal);

        Assert.Null(await KeptAsync(relay, Teacher));
        Assert.Contains("This link can't be read", await browser.ReadAsync("/staff/reminders/stop?key=made-up"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_to_an_address_that_nobody_has_shown_to_be_theirs()
    {
        await using var relay = await StartAsync();
        await InviteAsync(relay, Teacher, "teacher@school.example");
        using var browser = await BrowserOfAsync(relay, Teacher);
        Assert.DoesNotContain("Keep this", await browser.ReadAsync("/staff/reminders"), StringComparison.Ordinal);
        await relay.Services.GetRequiredService<ReminderNotes>().KeepAsync(Teacher.Who, new ReminderChoice(true, HowOften.Never), Cancellation); // whatever a form says

        await RoundAsync(relay, Five);

        Assert.Empty(_server.Mails);
    }

    [Fact]
    public async Task Who_is_invited_anew_has_none_and_shows_once_more_that_the_address_is_theirs()
    {
        await using var relay = await StartAsync();
        await AskAsync(relay, Teacher, "teacher@school.example");

        await InviteAsync(relay, Teacher, "other@school.example");
        await RoundAsync(relay, Five);

        Assert.Empty(_server.Mails);
        using var browser = await BrowserOfAsync(relay, Teacher);
        Assert.Contains("Is this address yours?", await browser.ReadAsync("/staff/reminders"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_at_a_code_and_codes_asked_for_are_counted()
    {
        await using var relay = await StartAsync();
        await InviteAsync(relay, Teacher, "teacher@school.example");
        using var browser = await BrowserOfAsync(relay, Teacher);
        await browser.SendAsync("/staff/reminders", "code");
        var code = Regex.Match(Assert.Single(_server.Mails).Text, "\\b\\d{6}\\b").Value;
        for (var guess = 0; guess < 5; guess++) await browser.SendAsync("/staff/reminders", "confirm", ("Typed.Code", code == "123456" ? "654321" : "123456"));

        Assert.Contains("Ask for a new one", (await browser.SendAsync("/staff/reminders", "confirm", ("Typed.Code", code))).Page, StringComparison.Ordinal);
        for (var more = 0; more < 4; more++) Assert.Equal("/staff/reminders", PathOf(await browser.SendAsync("/staff/reminders", "code")));

        Assert.Contains("Several codes have been sent", (await browser.SendAsync("/staff/reminders", "code")).Page, StringComparison.Ordinal);
        Assert.Equal(5, _server.Mails.Count);
    }

    [Fact]
    public async Task Where_no_mail_server_is_set_up_the_page_says_so()
    {
        await using var relay = await RunningRelay.StartAsync(folder: _folder, at: BeforeFive);
        await InventedSchool.OpenAsync(relay.Services.GetRequiredService<IRecords>(), relay.Time);
        await InviteAsync(relay, Teacher, "teacher@school.example");
        using var browser = await BrowserOfAsync(relay, Teacher);

        Assert.Contains("Reminders by e-mail are not set up here.", await browser.ReadAsync("/staff/reminders"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starttls", "localhost", "s3cret", "good mail: localhost:PORT answers with TLS, and takes the sign-in.")]
    [InlineData("implicit", "localhost", "s3cret", "good mail: localhost:PORT answers with TLS, and takes the sign-in.")]
    [InlineData("starttls", "elsewhere.example", "s3cret", "shows a certificate that is not trusted")]
    [InlineData("implicit", "elsewhere.example", "s3cret", "shows a certificate that is not trusted")]
    [InlineData("starttls", "localhost", "wrong", "does not take the user and password")]
    public async Task The_doctor_says_whether_the_server_can_be_used(string tls, string name, string password, string said)
    {
        await using var server = new LocalMailServer(tls, ("relay", "s3cret"), name);
        await server.StartAsync();
        await using var relay = await RunningRelay.StartAsync();

        var (_, output, error) = await relay.TryRunAsync(
            "doctor", "--smtp-host", "localhost", "--smtp-port", $"{server.Port}", "--smtp-tls", tls, "--smtp-from", "reminders@school.example", "--smtp-user", "relay",
            "--smtp-password-file", Secret(password), "--smtp-ca-file", server.CertificateFile);

        Assert.Contains(said.Replace("PORT", $"{server.Port}", StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, output + error, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("starttls", "shows a certificate that is not trusted")] // a certificate that nobody vouches for
    [InlineData("implicit", "does not answer", "none")] // the other end waits for us to speak, in the clear
    public async Task A_server_that_does_not_encrypt_as_it_should_is_not_used(string tls, string said, string? really = null)
    {
        await using var server = new LocalMailServer(really ?? tls);
        await server.StartAsync();

        var refused = await Assert.ThrowsAsync<StaffConsole.Reminders.MailUnavailableException>(() => new SmtpDelivery(Settings(server.Port, tls == "starttls" ? SmtpTls.StartTls : SmtpTls.Implicit, null, null)).ConnectAsync(Cancellation));

        Assert.True(refused.Message.Contains(said, StringComparison.Ordinal) || refused.Message.Contains("speaks no TLS", StringComparison.Ordinal), refused.Message);
    }

    private static bool IsLogged(RunningRelay relay, string words) => relay.Log.All.Any(line => line.Contains(words, StringComparison.Ordinal));

    private static string PathOf(Sent sent) => new Uri(new Uri("http://localhost"), sent.To).AbsolutePath;

    private static SmtpSettings Settings(int port, SmtpTls tls, SmtpSignIn? signIn, X509Certificate2Collection? authorities) =>
        new("localhost", port, tls, new MailboxAddress("", "reminders@school.example"), signIn, authorities);

    private async Task<RunningRelay> StartAsync(DateTimeOffset? at = null, string? publicUrl = null)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(_server.CertificateFile);
        var relay = await RunningRelay.StartAsync(
            folder: _folder, publicUrl: publicUrl, mail: Settings(_server.Port, SmtpTls.StartTls, new SmtpSignIn("relay", "s3cret"), authorities), at: at ?? BeforeFive);
        if (at is not null) return relay;
        var school = await InventedSchool.OpenAsync(relay.Services.GetRequiredService<IRecords>(), relay.Time);
        Assert.False((await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation)).IsRefused);
        return relay;
    }

    /// <summary>Passes the time until shortly before a round: in one leap, in which whatever is under way may still be at its end.</summary>
    private static void Pass(RunningRelay relay, DateTimeOffset round)
    {
        if (round.AddSeconds(-10) - relay.Time.GetUtcNow() is { Ticks: > 0 } left) relay.Time.Advance(left);
    }

    /// <summary>Passes the time until a round, and a little more, in steps.</summary>
    private static async Task RoundAsync(RunningRelay relay, DateTimeOffset round)
    {
        Pass(relay, round);
        await relay.AdvanceUntilAsync(() => relay.Time.GetUtcNow() >= round.AddSeconds(5), AWhile); // half a second of the real clock too
    }

    private static async Task InviteAsync(RunningRelay relay, Caller who, string address)
    {
        await using var scope = relay.Services.CreateAsyncScope();
        await StaffAccounts.InviteAsync(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), who.Who, address);
    }

    /// <summary>Somebody whose address is known to be theirs wants to be reminded of their sessions.</summary>
    private static async Task AskAsync(RunningRelay relay, Caller who, string address)
    {
        await InviteAsync(relay, who, address);
        await using var scope = relay.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await accounts.FindByIdAsync(who.Who.ToString());
        account!.EmailConfirmed = true; // it has just been invited
        Assert.True((await accounts.UpdateAsync(account)).Succeeded);
        await relay.Services.GetRequiredService<ReminderNotes>().KeepAsync(who.Who, new ReminderChoice(Sessions: true, HowOften.Never), Cancellation);
    }

    private static Task<KeptReminders?> KeptAsync(RunningRelay relay, Caller who) => relay.Services.GetRequiredService<ReminderNotes>().FindAsync(who.Who, Cancellation);

    private static async Task<HttpResponseMessage> ClickAsync(HttpClient programme, string address)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        return await programme.PostAsync(new Uri(address, UriKind.Relative), form, Cancellation);
    }

    private static async Task<HttpClient> BrowserOfAsync(RunningRelay relay, Caller who)
    {
        var jar = new CookieContainer();
        jar.SetCookies(relay.Http.BaseAddress!, $"{await StaffCast.CookieOfAsync(relay, who.Who, isWhole: true)}; path=/staff"); // it was started
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = relay.Http.BaseAddress };
    }

    private string Secret(string text)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString());
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
