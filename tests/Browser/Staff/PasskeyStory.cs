using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Somebody signs in with what unlocks their device, on two of them; and changes how they sign in.</summary>
public sealed class PasskeyStory
{
    private const string Password = "brass otter umbrella";
    private const string Email = "sendco@school.example";

    [Fact]
    public async Task A_passkey_is_added_signs_in_alone_and_opens_nothing_once_it_is_removed()
    {
        await using var office = await StaffOffice.OpenByNameAsync();
        await using var desktop = await StaffBrowser.LaunchAsync();
        var key = await PasskeyDevice.OfAsync(desktop.Page);
        await desktop.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), Email), Password);

        await desktop.Page.GetByRole(AriaRole.Link, new() { Name = "your account" }).ClickAsync();
        await desktop.SeesAsync("Your account", "staff-account-new");
        await desktop.SendAsync("Add a passkey on this device");
        await Assertions.Expect(desktop.Page.Locator(".done")).ToContainTextAsync("The passkey is added.");
        await Assertions.Expect(desktop.Page.GetByText("Chrome on Linux", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1, await key.CountAsync());

        await desktop.SendAsync("Sign out");
        await SignInWithPasskeyAsync(desktop);
        await Assertions.Expect(desktop.Page.Locator("h1")).ToHaveTextAsync("What needs me");

        await using var tablet = await StaffBrowser.LaunchAsync(820, 1180);
        await PasskeyDevice.OfAsync(tablet.Page);
        await SignInWithCodeAsync(tablet, office, desktop.Secret);
        await GoAsync(tablet, office, "/staff/account");
        await tablet.SendAsync("Add a passkey on this device");
        await Assertions.Expect(tablet.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToHaveCountAsync(2);
        await tablet.SeesAsync("Your account", "staff-account");
        await tablet.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync(); // the first one is the desktop's
        await Assertions.Expect(tablet.Page.Locator(".done")).ToContainTextAsync("it opens nothing any more");
        await tablet.SendAsync("Sign out");
        await SignInWithPasskeyAsync(tablet);
        await Assertions.Expect(tablet.Page.Locator("h1")).ToHaveTextAsync("What needs me");

        await desktop.SendAsync("Sign out");
        await SignInWithPasskeyAsync(desktop);
        await desktop.SaysAsync("That passkey is not known here. Try another one, or use your password.");
        await desktop.SeesAsync("Sign in", "staff-passkey-removed");
        Assert.Empty(desktop.Errors.Concat(tablet.Errors));
    }

    [Fact]
    public async Task Who_has_nothing_but_a_passkey_keeps_it_and_a_device_that_is_not_unlocked_opens_nothing()
    {
        await using var office = await StaffOffice.OpenByNameAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var device = await PasskeyDevice.OfAsync(staff.Page);
        await staff.Page.GotoAsync(await office.InviteAsync(office.People.First(person => person.Role == "Parent"), "parent@home.example"));
        await staff.FillAsync("New password", Password);
        await staff.FillAsync("The same password again", Password);
        await staff.SendAsync("Go on");
        await staff.SendAsync("Make a passkey");
        await staff.SeesAsync("Your passkey is set up", "staff-passkey-made");
        await staff.FollowAsync("Go on");

        await GoAsync(staff, office, "/staff/account");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await staff.SaysAsync("Without it you could not sign in any more.");
        Assert.Equal(1, await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).CountAsync());

        await staff.SendAsync("Sign out");
        await device.LockAsync();
        await staff.SendAsync("Sign in with a passkey");
        await Assertions.Expect(staff.Page.GetByText("The passkey could not be used.")).ToBeVisibleAsync();
        await staff.FillAsync("E-mail address", "parent@home.example");
        await staff.FillAsync("Password", Password);
        await staff.SendAsync("Sign in");
        await staff.SaysAsync("This account signs in with a passkey.");
        Assert.Empty(staff.Errors);
    }

    [Fact]
    public async Task Password_app_and_recovery_codes_are_changed_by_their_owner()
    {
        await using var office = await StaffOffice.OpenByNameAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), Email), Password);

        await GoAsync(staff, office, "/staff/account/password");
        await staff.FillAsync("Your password so far", "wrong otter umbrella");
        await staff.FillAsync("New password", "seven copper kettles");
        await staff.FillAsync("The same password again", "seven copper kettles");
        await staff.SendAsync("Keep the new password");
        await staff.SaysAsync("The password so far is not right.");
        await staff.SeesAsync("Change the password", "staff-account-password");
        await staff.FillAsync("Your password so far", Password);
        await staff.FillAsync("New password", "seven copper kettles");
        await staff.FillAsync("The same password again", "seven copper kettles");
        await staff.SendAsync("Keep the new password");
        await Assertions.Expect(staff.Page.Locator(".done")).ToContainTextAsync("The new password is kept.");

        await staff.SendAsync("Stop using the app");
        await staff.SaysAsync("Without it you could not sign in any more.");
        await staff.FollowAsync("Use another phone");
        var shown = (await staff.Page.Locator("ol code").TextContentAsync())!; // the page has one
        await staff.FillAsync("Code", "000000");
        await staff.SendAsync("Use this app");
        await staff.SaysAsync("That code is not right.");
        Assert.Equal(shown, await staff.Page.Locator("ol code").TextContentAsync());
        await staff.SeesAsync("Set up an authenticator app", "staff-account-app");
        await staff.FillAsync("Code", Authenticator.CodeAt(shown, TimeProvider.System.GetUtcNow()));
        await staff.SendAsync("Use this app");
        await Assertions.Expect(staff.Page.Locator(".done")).ToContainTextAsync("Your app is set up.");

        await staff.SendAsync("Make new recovery codes");
        await staff.SeesAsync("Write down your recovery codes", "staff-account-codes");
        var recovery = (await staff.Page.Locator(".codes code").First.TextContentAsync())!; // there are eight
        await staff.FollowAsync("I have written them down");
        await staff.SendAsync("Sign out everywhere else");
        await Assertions.Expect(staff.Page.Locator(".done")).ToContainTextAsync("within five minutes");
        await staff.SendAsync("Sign out");

        await SignInAsync(staff, office, "seven copper kettles");
        await staff.FillAsync("Code", Authenticator.CodeAt(staff.Secret, TimeProvider.System.GetUtcNow())); // of the phone before
        await staff.SendAsync("Go on");
        await staff.SaysAsync("That code is not right");
        await staff.FillAsync("Code", recovery);
        await staff.SendAsync("Go on");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("What needs me");
        Assert.Empty(staff.Errors);
    }

    private static async Task GoAsync(StaffBrowser staff, StaffOffice office, string page) => await staff.Page.GotoAsync(new Uri(office.Url, page).ToString());

    private static async Task SignInWithPasskeyAsync(StaffBrowser staff)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await staff.SendAsync("Sign in with a passkey");
    }

    private static async Task SignInAsync(StaffBrowser staff, StaffOffice office, string password)
    {
        await GoAsync(staff, office, "/staff/sign-in");
        await staff.FillAsync("E-mail address", Email);
        await staff.FillAsync("Password", password);
        await staff.SendAsync("Sign in");
    }

    private static async Task SignInWithCodeAsync(StaffBrowser staff, StaffOffice office, string secret)
    {
        await SignInAsync(staff, office, Password);
        await staff.FillAsync("Code", Authenticator.CodeAt(secret, TimeProvider.System.GetUtcNow()));
        await staff.SendAsync("Go on");
        await Assertions.Expect(staff.Page.Locator("h1")).ToHaveTextAsync("What needs me");
    }
}
