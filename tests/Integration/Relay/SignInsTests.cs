using System.Net;
using System.Security.Claims;
using AV1Relay.Domain.People;
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

    private static async Task<HttpStatusCode> OpenAsync(RunningRelay relay, string cookie)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = relay.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await http.GetAsync(new Uri("/staff/account", UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }
}
