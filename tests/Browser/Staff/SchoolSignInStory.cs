using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Staff sign in with what their school has already (OpenID Connect), and nobody else does.</summary>
public sealed class SchoolSignInStory
{
    private const string Email = "sendco@school.example"; // of Ms Okafor, at the school too

    [Fact]
    public async Task A_sendco_binds_the_schools_sign_in_with_an_invitation_and_comes_back_with_it_alone()
    {
        await using var provider = new SchoolProvider();
        await using var office = await StaffOffice.OpenByNameAsync(provider.Options);
        await using var staff = await StaffBrowser.LaunchAsync();
        var invitation = await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), Email);

        await staff.Page.GotoAsync(invitation);
        await staff.SeesAsync("Welcome", "staff-school-welcome");
        await staff.FollowAsync("Go on with Ashgrove");
        await staff.SaysAsync("Ashgrove does not answer at the moment. Try again in a few minutes"); // it has not been started
        await staff.SeesAsync("Sign in", "staff-school-down");

        await provider.StartAsync(office.Url);
        await ComeAsync(staff, office, "Ms Okafor");
        await staff.SaysAsync("nobody has invited you here with it yet"); // an address that fits is not enough
        await staff.SeesAsync("Sign in", "staff-school-unknown");

        await staff.Page.GotoAsync(invitation);
        await staff.FollowAsync("Go on with Ashgrove");
        await staff.FollowAsync("Ms Okafor");
        await Assertions.Expect(staff.Page.GetByText(Email)).ToBeVisibleAsync(); // whose account it is
        await staff.SeesAsync("Is this your account?", "staff-school-asked");
        await staff.SendAsync("Yes, it is mine");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("What needs me");
        await GoAsync(staff, office, "/staff/account");
        await Assertions.Expect(staff.Page.GetByText("You can also sign in with Ashgrove.")).ToBeVisibleAsync();
        await staff.SeesAsync("Your account", "staff-school-account");

        // They are signed in at the school since this morning: to change something, they sign in there once more.
        await staff.FollowAsync("sign in again");
        await staff.FollowAsync("Sign in with Ashgrove");
        await staff.FollowAsync("Somebody who is still signed in");
        await staff.SaysAsync("did not say that you have signed in there just now");
        await GoAsync(staff, office, "/staff/account");
        await staff.FollowAsync("sign in again");
        await staff.FollowAsync("Sign in with Ashgrove");
        await staff.FollowAsync("Ms Okafor");
        await Assertions.Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Set up an app" })).ToBeVisibleAsync();
        await Assertions.Expect(staff.Page.GetByRole(AriaRole.Link, new() { Name = "Choose a password" })).ToHaveCountAsync(0); // it goes with the app

        await staff.SendAsync("Sign out");
        await staff.SeesAsync("You are signed out here", "staff-school-signed-out");
        await staff.FollowAsync("Sign out of Ashgrove too");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("Sign in"); // by way of the provider

        await GoAsync(staff, office, "/staff/plans");
        await staff.FollowAsync("Sign in with Ashgrove");
        await staff.FollowAsync("Ms Okafor");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("Plans"); // where they wanted to go
        Assert.Empty(staff.Errors);
    }

    [Fact]
    public async Task Who_is_not_invited_or_comes_with_something_forged_is_not_let_in()
    {
        await using var provider = new SchoolProvider();
        await using var office = await StaffOffice.OpenByNameAsync(provider.Options);
        await provider.StartAsync(office.Url);
        await using var staff = await StaffBrowser.LaunchAsync();
        var invitation = await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), Email);
        await staff.Page.GotoAsync(invitation);
        await staff.FollowAsync("Go on with Ashgrove");
        await staff.FollowAsync("Ms Okafor");
        await staff.SendAsync("Yes, it is mine");
        await staff.SendAsync("Sign out");

        foreach (var (who, words) in new[]
        {
            ("Mr Ibis", "nobody has invited you here with it yet"),
            ("Somebody who says to be Ms Okafor", "nobody has invited you here with it yet"),
            ("Somebody who calls it off", "was not finished"),
            ("Ms Okafor with another's token", "was not finished"),
            ("Ms Okafor from another page", "was not finished"),
        })
        {
            await ComeAsync(staff, office, who);
            await staff.SaysAsync(words);
            await GoAsync(staff, office, "/staff");
            await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        }

        await staff.Page.GotoAsync(invitation); // which has been used
        await staff.FollowAsync("Go on with Ashgrove");
        await staff.SaysAsync("This invitation has been used or is too old.");
        await staff.Page.GotoAsync(await office.InviteAsync(office.People.First(person => person.Role == "Parent"), "parent@home.example"));
        await staff.FollowAsync("Go on with Ashgrove");
        await staff.FollowAsync("Ms Okafor");
        await staff.SaysAsync("belongs to somebody else here");
        Assert.Empty(staff.Errors);
    }

    [Fact]
    public async Task Where_the_authority_trusts_verified_addresses_who_is_invited_comes_in_without_the_link()
    {
        await using var provider = new SchoolProvider();
        await using var office = await StaffOffice.OpenByNameAsync([.. provider.Options, "--oidc-trust-verified-email"]);
        await provider.StartAsync(office.Url);
        await using var staff = await StaffBrowser.LaunchAsync();
        await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), Email);

        await ComeAsync(staff, office, "Somebody who says to be Ms Okafor");
        await staff.SaysAsync("nobody has invited you here with it yet");
        await ComeAsync(staff, office, "Ms Okafor");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("What needs me");
        Assert.Empty(staff.Errors);
    }

    private static async Task GoAsync(StaffBrowser staff, StaffOffice office, string page) => await staff.Page.GotoAsync(new Uri(office.Url, page).ToString());

    private static async Task ComeAsync(StaffBrowser staff, StaffOffice office, string who)
    {
        await GoAsync(staff, office, "/staff/sign-in");
        await staff.FollowAsync("Sign in with Ashgrove");
        await staff.FollowAsync(who);
    }
}
