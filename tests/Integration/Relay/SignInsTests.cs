using System.Net;
using System.Security.Claims;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Calendars;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Where somebody is signed in, and how that is ended from elsewhere.</summary>
public sealed class SignInsTests
{
    private static readonly TimeSpan UntilLookedAt = TimeSpan.FromMinutes(6);
    private static readonly string ByItself = $"/staff/evaluation/{Guid.NewGuid()}/progress";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_in_that_is_ended_from_elsewhere_opens_nothing_when_it_is_looked_at_next()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        var (cookie, _) = await SignInAsync(relay, who);
        var (other, _) = await SignInAsync(relay, who);
        var signIns = relay.Services.GetRequiredService<SignIns>();
        Assert.Equal(2, (await signIns.ListAsync(who.Value, Cancellation)).Count);

        relay.Time.Advance(UntilLookedAt);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(relay, cookie));
        var seen = (await signIns.ListAsync(who.Value, Cancellation)).Max(kept => kept.Seen);
        Assert.Equal(relay.Time.GetUtcNow(), seen);
        await signIns.EndAllButAsync(who.Value, (await signIns.ListAsync(who.Value, Cancellation)).Single(kept => kept.Seen == seen).Id, Cancellation);

        relay.Time.Advance(UntilLookedAt);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (await OpenAsync(relay, cookie), await OpenAsync(relay, other)));
    }

    [Fact]
    public async Task What_ran_out_by_itself_is_forgotten()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        await SignInAsync(relay, who);
        relay.Time.Advance(TimeSpan.FromHours(2));

        await SignInAsync(relay, who);

        var kept = Assert.Single(await relay.Services.GetRequiredService<SignIns>().ListAsync(who.Value, Cancellation));
        Assert.Equal((relay.Time.GetUtcNow(), "passkey", "Firefox on Windows"), (kept.At, kept.With, kept.Device));
    }

    [Fact]
    public async Task A_while_after_the_sign_in_nothing_of_it_is_changed()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        var (_, late) = await SignInAsync(relay, who);
        relay.Time.Advance(TimeSpan.FromMinutes(16));
        await using var scope = relay.Services.CreateAsyncScope();
        late.RequestServices = scope.ServiceProvider;
        scope.ServiceProvider.GetRequiredService<SignInManager<Account>>().Context = late;

        var refusal = await scope.ServiceProvider.GetRequiredService<StaffAccount>().ChangePasswordAsync(late, null, "seven copper kettles");

        Assert.Equal("account.sign-in-again", refusal?.Code);
    }

    [Fact]
    public async Task A_password_without_an_app_is_not_added_to_an_account_that_has_none()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        var (_, request) = await SignInAsync(relay, who);
        await using var scope = relay.Services.CreateAsyncScope();
        request.RequestServices = scope.ServiceProvider;
        scope.ServiceProvider.GetRequiredService<SignInManager<Account>>().Context = request;

        var refusal = await scope.ServiceProvider.GetRequiredService<StaffAccount>().ChangePasswordAsync(request, null, "seven copper kettles");

        Assert.Equal("account.app-first", refusal?.Code);
    }

    [Fact]
    public async Task What_a_page_asks_by_itself_keeps_nobody_signed_in()
    {
        await using var relay = await RunningRelay.StartAsync();
        var (cookie, _) = await SignInAsync(relay, await EnterAsync(relay));

        relay.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal((HttpStatusCode.OK, false), await AskAsync(relay, cookie, ByItself));
        relay.Time.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal((HttpStatusCode.Redirect, false), await AskAsync(relay, cookie, ByItself));
    }

    [Fact]
    public async Task A_click_counts_from_then_on_and_what_was_ended_elsewhere_ends_for_a_page_too()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        var (cookie, _) = await SignInAsync(relay, who);

        relay.Time.Advance(UntilLookedAt);
        Assert.Equal((HttpStatusCode.OK, true), await AskAsync(relay, cookie, "/staff/account"));
        Assert.Equal((HttpStatusCode.OK, false), await AskAsync(relay, cookie, ByItself));
        await relay.Services.GetRequiredService<SignIns>().EndAllButAsync(who.Value, null, Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, true), await AskAsync(relay, cookie, ByItself)); // the cookie is taken away
    }

    [Fact]
    public async Task The_address_of_a_calendar_ends_with_the_other_ways_in()
    {
        await using var relay = await RunningRelay.StartAsync();
        var who = await EnterAsync(relay);
        var (_, request) = await SignInAsync(relay, who);
        await using var scope = relay.Services.CreateAsyncScope();
        request.RequestServices = scope.ServiceProvider;
        scope.ServiceProvider.GetRequiredService<SignInManager<Account>>().Context = request;
        var feeds = scope.ServiceProvider.GetRequiredService<FeedAddresses>();
        await feeds.MakeAsync(who, Cancellation);
        Assert.True(await feeds.HasOneAsync(who));

        Assert.Null(await scope.ServiceProvider.GetRequiredService<StaffAccount>().SignOutElsewhereAsync(request));

        Assert.False(await feeds.HasOneAsync(who));
    }

    [Fact]
    public async Task Where_the_outside_comes_by_https_no_cookie_goes_in_the_clear()
    {
        await using var relay = await RunningRelay.StartAsync(publicUrl: "https://relay.example.org");

        using var answer = await relay.Http.GetAsync(new Uri("/staff/sign-in", UriKind.Relative), Cancellation);

        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on an iPad")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome on a Chromebook")]
    [InlineData("curl/8", "A browser on an unknown device")]
    [InlineData(null, "A browser on an unknown device")]
    public void A_device_is_named_as_its_owner_would(string? userAgent, string words) => Assert.Equal(words, DeviceWords.Of(userAgent));

    private static async Task<PersonId> EnterAsync(RunningRelay relay)
    {
        var who = new PersonId(Guid.NewGuid());
        await using var scope = relay.Services.CreateAsyncScope();
        await StaffAccounts.InviteAsync(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), who, "s.reed@school.example");
        return who;
    }

    /// <returns>The cookie that the browser is given, and a request that comes with it.</returns>
    private static async Task<(string Cookie, HttpContext Request)> SignInAsync(RunningRelay relay, PersonId who)
    {
        await using var scope = relay.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        signIn.Context = http;
        var account = (await signIn.UserManager.FindByIdAsync(who.ToString()))!; // it was entered
        await signIn.SignInWithClaimsAsync(
            account, isPersistent: false,
            [new Claim(StaffPolicies.MethodClaim, StaffPolicies.MoreFactors), new Claim(ThisSignIn.WithClaim, "passkey")]);
        var cookie = http.Response.Headers.SetCookie.Single(set => set!.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal))!.Split(';')[0];
        var next = new DefaultHttpContext();
        next.Request.Headers.Cookie = cookie;
        next.User = await signIn.CreateUserPrincipalAsync(account);
        return (cookie, next);
    }

    private static async Task<HttpStatusCode> OpenAsync(RunningRelay relay, string cookie) => (await AskAsync(relay, cookie, "/staff/account")).Status;

    /// <returns>And whether the sign-in's cookie is made anew.</returns>
    private static async Task<(HttpStatusCode Status, bool IsNew)> AskAsync(RunningRelay relay, string cookie, string page)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = relay.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
        var isNew = answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(one => one.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal));
        return (answer.StatusCode, isNew);
    }
}
