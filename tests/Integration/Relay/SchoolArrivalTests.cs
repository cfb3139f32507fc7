using System.Globalization;
using System.Security.Claims;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static AV1Relay.StaffConsole.SignIn.SchoolSignIn;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Somebody comes from the school's own sign-in: to which account it opens, and to which it doesn't.</summary>
public sealed class SchoolArrivalTests : IAsyncLifetime
{
    private const string Email = "s.reed@school.example";
    private const string Password = "brass otter umbrella";

    private readonly PersonId _who = new(Guid.NewGuid());
    private RunningRelay _relay = null!; // set by InitializeAsync
    private AsyncServiceScope _scope; // likewise
    private SchoolSignIn _school = null!; // likewise

    private UserManager<Account> Accounts => _scope.ServiceProvider.GetRequiredService<UserManager<Account>>();

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _scope = _relay.Services.CreateAsyncScope();
        var signIn = _scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        signIn.Context = new DefaultHttpContext { RequestServices = _scope.ServiceProvider };
        var settings = new SchoolSignInSettings(new Uri("https://school.example"), "relay", "secret", "Ashgrove") { TrustsVerifiedEmail = true };
        _school = new SchoolSignIn(signIn, Accounts, _scope.ServiceProvider.GetRequiredService<IAuditLog>(), _relay.Time, settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task With_an_invitation_they_are_asked_whether_the_account_is_theirs_before_it_opens_to_them()
    {
        var items = Invited(await InviteAsync());

        Assert.Equal(Arrival.Asked, await _school.ArriveAsync(Reed(), items));
        Assert.Null(await Accounts.FindByLoginAsync("https://school.example", "reed"));

        Assert.Equal(Arrival.SignedIn, await _school.AcceptAsync(Reed(), items));
        Assert.Equal(_who.Value, (await Accounts.FindByLoginAsync("https://school.example", "reed"))?.Id);
        Assert.Equal(Arrival.StaleInvitation, await _school.AcceptAsync(Reed(), items)); // it is used up
    }

    [Fact]
    public async Task A_verified_address_opens_an_account_whose_invitation_is_open_and_that_nobody_has_opened_yet()
    {
        await InviteAsync();
        await InviteAsync(); // and once more, since the first went astray

        Assert.Equal(Arrival.Unknown, await _school.ArriveAsync(Reed(("email_verified", "false")), Nothing));
        Assert.Equal(Arrival.SignedIn, await _school.ArriveAsync(Reed(), Nothing));
    }

    [Fact]
    public async Task A_verified_address_opens_no_account_that_a_new_invitation_has_closed()
    {
        await OpenWithPasswordAsync(await InviteAsync());
        await InviteAsync(); // which is given to nobody: so accounts are closed
        Assert.Equal(Arrival.Unknown, await _school.ArriveAsync(Reed(), Nothing));

        await InviteAsync();
        Assert.Equal(Arrival.Unknown, await _school.ArriveAsync(Reed(), Nothing));
    }

    [Fact]
    public async Task Who_was_asked_to_sign_in_again_is_let_in_with_a_sign_in_of_just_now()
    {
        await _school.AcceptAsync(Reed(), Invited(await InviteAsync()));
        var again = new Dictionary<string, string?> { [AgainItem] = "yes" };

        Assert.Equal(Arrival.NotAgain, await _school.ArriveAsync(Reed(), again));
        Assert.Equal(Arrival.NotAgain, await _school.ArriveAsync(Reed(("auth_time", SecondsAt(TimeSpan.FromMinutes(-16)))), again));
        Assert.Equal(Arrival.NotAgain, await _school.ArriveAsync(Reed(("auth_time", "9223372036854775807")), again));
        Assert.Equal(Arrival.SignedIn, await _school.ArriveAsync(Reed(("auth_time", SecondsAt(TimeSpan.FromMinutes(-1)))), again));
        Assert.Equal(Arrival.SignedIn, await _school.ArriveAsync(Reed(("auth_time", SecondsAt(TimeSpan.FromMinutes(2)))), again)); // its clock is ahead
    }

    [Theory]
    [InlineData(null, true)] // it doesn't say
    [InlineData(-8 * 60, true)] // this morning
    [InlineData(-1, false)]
    public async Task What_was_proved_to_the_school_hours_ago_lets_nobody_change_how_they_sign_in(int? minutesAgo, bool isLate)
    {
        var who = minutesAgo is { } minutes ? Reed(("auth_time", SecondsAt(TimeSpan.FromMinutes(minutes)))) : Reed();
        var signIn = _scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();

        await _school.AcceptAsync(who, Invited(await InviteAsync()));

        var cookie = signIn.Context.Response.Headers.SetCookie.Last(set => set!.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal))!.Split(';')[0];
        await using var another = _relay.Services.CreateAsyncScope(); // of the next request
        var next = new DefaultHttpContext { RequestServices = another.ServiceProvider };
        next.Request.Headers.Cookie = cookie;
        Assert.Equal(isLate, (await ThisSignIn.OfAsync(next)).IsLateAt(_relay.Time.GetUtcNow()));
    }

    private static Dictionary<string, string?> Nothing => [];

    /// <param name="others">What the token says besides, or instead.</param>
    private static ClaimsPrincipal Reed(params (string Type, string Value)[] others)
    {
        var claims = new Dictionary<string, string> { ["iss"] = "https://school.example", ["sub"] = "reed", ["email"] = Email, ["email_verified"] = "true" };
        foreach (var (type, value) in others) claims[type] = value;
        return new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Key, claim.Value)), "school"));
    }

    private Dictionary<string, string?> Invited(string invitation) => new() { [PersonItem] = _who.ToString(), [InvitationItem] = invitation };

    private string SecondsAt(TimeSpan from) => (_relay.Time.GetUtcNow() + from).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private async Task<string> InviteAsync()
    {
        var path = await StaffAccounts.InviteAsync(Accounts, _who, Email);
        return Uri.UnescapeDataString(path[(path.IndexOf("invitation=", StringComparison.Ordinal) + "invitation=".Length)..]);
    }

    private async Task OpenWithPasswordAsync(string invitation) =>
        Assert.Empty(await _scope.ServiceProvider.GetRequiredService<StaffSignIn>().WelcomeAsync(_who.Value, invitation, Password));
}
