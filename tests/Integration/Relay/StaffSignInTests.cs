using System.Net;
using System.Security.Claims;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using AV1Relay.Tests.Rig;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Each way into an account, and each that must not be one.</summary>
public sealed class StaffSignInTests
{
    private const string Email = "s.o'brien@school.example";
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_password_and_a_code_open_an_account_and_a_password_alone_does_not()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        var secret = await door.SetUpAppAsync();

        Assert.Equal(StaffSignIn.Next.SecondFactor, await door.Steps.WithPasswordAsync(Email, Password));
        Assert.Null(await door.Steps.FindAuthenticatorAsync(door.Who)); // its secret is not shown to who knows the password alone
        Assert.Null(await door.Steps.ConfirmAuthenticatorAsync(door.Who, Authenticator.CodeAt(secret, TimeProvider.System.GetUtcNow())));
    }

    [Fact]
    public async Task A_password_alone_adds_nothing_to_an_account_with_a_passkey()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        await door.AddPasskeyAsync();

        Assert.Equal(StaffSignIn.Next.UsePasskey, await door.Steps.WithPasswordAsync(Email, Password));
        Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, "brass otter umbrellas"));
        Assert.Null(await door.Steps.FindAuthenticatorAsync(door.Who));
        Assert.False(await door.Steps.AddPasskeyAsync(door.Who, "{}"));
    }

    [Fact]
    public async Task A_password_alone_adds_nothing_to_an_account_with_the_schools_sign_in()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        await door.Accounts.AddLoginAsync(door.Account, new UserLoginInfo("https://school.example", "reed", "Ashgrove"));

        Assert.Equal(StaffSignIn.Next.UseSchool, await door.Steps.WithPasswordAsync(Email, Password));
        Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, "brass otter umbrellas"));
        Assert.Null(await door.Steps.FindAuthenticatorAsync(door.Who));
        Assert.False(await door.Steps.AddPasskeyAsync(door.Who, "{}"));
    }

    [Fact]
    public async Task Five_wrong_passwords_close_an_account_to_passwords_for_a_quarter_of_an_hour()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        for (var wrong = 0; wrong < 5; wrong++) Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, "wrong otter umbrella"));

        Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, Password));
    }

    [Fact]
    public async Task A_browser_in_which_somebody_has_signed_in_stays_open_to_them_while_strangers_guess()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        var secret = await door.SetUpAppAsync(); // and so has signed in
        door.Reload();
        var known = door.SignIn.Context;
        door.SignIn.Context = door.Browser();
        for (var wrong = 0; wrong < 5; wrong++) await door.Steps.WithPasswordAsync(Email, "wrong otter umbrella");
        var stranger = await door.Steps.WithPasswordAsync(Email, Password);

        door.SignIn.Context = known;
        var password = await door.Steps.WithPasswordAsync(Email, Password);
        door.Reload();
        var code = await door.Steps.WithSecondFactorAsync(Authenticator.CodeAt(secret, TimeProvider.System.GetUtcNow()));

        Assert.Equal((StaffSignIn.Next.Refused, StaffSignIn.Next.SecondFactor, StaffSignIn.Next.Done), (stranger, password, code));
    }

    [Fact]
    public async Task Wrong_tries_from_a_browser_that_is_known_are_counted_there_and_close_the_account_to_nobody()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        await door.SetUpAppAsync();
        door.Reload();
        for (var wrong = 0; wrong < 5; wrong++) Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, "wrong otter umbrella"));

        Assert.Equal(StaffSignIn.Next.Wait, await door.Steps.WithPasswordAsync(Email, Password));
        door.SignIn.Context = door.Browser();
        Assert.Equal(StaffSignIn.Next.SecondFactor, await door.Steps.WithPasswordAsync(Email, Password));
    }

    [Fact]
    public async Task A_password_alone_makes_no_browser_known()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);

        Assert.DoesNotContain(door.SignIn.Context.Response.Headers.SetCookie, cookie => cookie!.StartsWith(KnownBrowsers.Cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_from_one_address_is_turned_away_and_a_browser_that_is_known_still_gets_through()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        await door.SetUpAppAsync();
        door.Reload();
        async Task<HttpStatusCode> PostAsync(string? cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/staff/sign-in", UriKind.Relative));
            if (cookie is not null) request.Headers.Add("Cookie", cookie);
            using var answer = await relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        var flood = 0;
        while (flood < 5_000 && await PostAsync(null) != HttpStatusCode.TooManyRequests) flood++;

        Assert.InRange(flood, 600, 4_999);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await PostAsync(door.SignIn.Context.Request.Headers.Cookie));
    }

    [Fact]
    public async Task An_invitation_is_used_once()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);

        Assert.NotEmpty(await door.Steps.WelcomeAsync(door.Account.Id, door.Invitation, "another otter umbrella"));
        Assert.Equal(StaffSignIn.Next.SetUpSecondFactor, await door.Steps.WithPasswordAsync(Email, Password));
    }

    [Fact]
    public async Task Who_is_invited_anew_has_nothing_left_of_what_opened_the_account_before()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        var secret = await door.SetUpAppAsync();
        await door.AddPasskeyAsync();

        var invitation = await door.InviteAsync();

        Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, Password));
        Assert.Empty(await door.Accounts.GetPasskeysAsync(door.Account));
        Assert.Empty(await door.Steps.WelcomeAsync(door.Account.Id, invitation, "another otter umbrella"));
        var (newSecret, _) = (await door.Steps.FindAuthenticatorAsync(door.Who))!.Value; // none is set up
        Assert.NotEqual(secret, newSecret.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_whole_sign_in_is_still_whole_when_it_is_looked_at_again()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        var whole = await door.SignIn.CreateUserPrincipalAsync(door.Account);
        ((ClaimsIdentity)whole.Identity!).AddClaim(new Claim("amr", "mfa"));
        var options = door.Get<Microsoft.Extensions.Options.IOptions<SecurityStampValidatorOptions>>().Value;
        var anew = await door.SignIn.CreateUserPrincipalAsync(door.Account);
        var again = new SecurityStampRefreshingPrincipalContext { CurrentPrincipal = whole, NewPrincipal = anew };

        await options.OnRefreshingPrincipal!(again);

        Assert.True(again.NewPrincipal.HasClaim("amr", "mfa"));
    }

    /// <summary>An account that somebody has opened with a password, and the steps into it.</summary>
    private sealed class Door : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;

        private Door(AsyncServiceScope scope) => _scope = scope;

        public StaffSignIn Steps => Get<StaffSignIn>();

        public SignInManager<Account> SignIn => Get<SignInManager<Account>>();

        public UserManager<Account> Accounts => Get<UserManager<Account>>();

        public Account Account { get; private set; } = null!; // set by OfAsync

        public ClaimsPrincipal Who { get; private set; } = null!; // likewise

        public string Invitation { get; private set; } = "";

        public static async Task<Door> OfAsync(RunningRelay relay)
        {
            var door = new Door(relay.Services.CreateAsyncScope());
            door.SignIn.Context = door.Browser();
            var person = new PersonId(Guid.NewGuid());
            door.Invitation = TokenIn(await StaffAccounts.InviteAsync(door.Accounts, person, Email));
            Assert.Empty(await door.Steps.WelcomeAsync(person.Value, door.Invitation, Password));
            door.Account = (await door.Accounts.FindByIdAsync(person.ToString()))!; // just made
            door.Who = await door.SignIn.CreateUserPrincipalAsync(door.Account);
            return door;
        }

        /// <summary>One that nobody has used here before.</summary>
        public DefaultHttpContext Browser() => new() { RequestServices = _scope.ServiceProvider };

        /// <summary>The browser's next request, with the cookies that it was given.</summary>
        public void Reload()
        {
            var kept = SignIn.Context.Request.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}");
            var given = SignIn.Context.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]);
            string[] jar = [.. kept.Concat(given).GroupBy(cookie => cookie.Split('=')[0]).Select(same => same.Last())];
            SignIn.Context = Browser();
            SignIn.Context.Request.Headers.Cookie = string.Join("; ", jar);
        }

        public T Get<T>()
            where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

        public async Task<string> InviteAsync() => TokenIn(await StaffAccounts.InviteAsync(Accounts, new PersonId(Account.Id), Email));

        /// <returns>What the app keeps.</returns>
        public async Task<string> SetUpAppAsync()
        {
            var (grouped, _) = (await Steps.FindAuthenticatorAsync(Who))!.Value; // there is no second step yet
            var secret = grouped.Replace(" ", "", StringComparison.Ordinal);
            Assert.NotEmpty((await Steps.ConfirmAuthenticatorAsync(Who, Authenticator.CodeAt(secret, TimeProvider.System.GetUtcNow())))!);
            return secret;
        }

        public async Task AddPasskeyAsync() => Assert.True((await Accounts.AddOrUpdatePasskeyAsync(
            Account,
            new UserPasskeyInfo(
                credentialId: [1, 2, 3], publicKey: [4, 5, 6], createdAt: DateTimeOffset.UnixEpoch, signCount: 0, transports: null,
                isUserVerified: true, isBackupEligible: false, isBackedUp: false, attestationObject: [], clientDataJson: []))).Succeeded);

        public ValueTask DisposeAsync() => _scope.DisposeAsync();

        private static string TokenIn(string path) => Uri.UnescapeDataString(path[(path.IndexOf("invitation=", StringComparison.Ordinal) + "invitation=".Length)..]);
    }
}
