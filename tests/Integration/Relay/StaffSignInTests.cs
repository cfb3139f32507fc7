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
    public async Task Five_wrong_passwords_close_an_account_to_passwords_for_a_quarter_of_an_hour()
    {
        await using var relay = await RunningRelay.StartAsync();
        await using var door = await Door.OfAsync(relay);
        for (var wrong = 0; wrong < 5; wrong++) Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, "wrong otter umbrella"));

        Assert.Equal(StaffSignIn.Next.Refused, await door.Steps.WithPasswordAsync(Email, Password));
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
            door.SignIn.Context = new DefaultHttpContext { RequestServices = door._scope.ServiceProvider };
            var person = new PersonId(Guid.NewGuid());
            door.Invitation = TokenIn(await StaffAccounts.InviteAsync(door.Accounts, person, Email));
            Assert.Empty(await door.Steps.WelcomeAsync(person.Value, door.Invitation, Password));
            door.Account = (await door.Accounts.FindByIdAsync(person.ToString()))!; // just made
            door.Who = await door.SignIn.CreateUserPrincipalAsync(door.Account);
            return door;
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
