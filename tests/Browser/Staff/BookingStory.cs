using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A SENDCo's first morning: from the invitation to a session that the pupil has said yes to.</summary>
public sealed class BookingStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_sendco_is_invited_signs_in_books_a_session_and_writes_down_the_pupils_yes()
    {
        await using var office = await StaffOffice.OpenAsync();
        var sendco = office.People.First(person => person.Role == "Sendco");
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;

        await staff.AcceptAsync(await office.InviteAsync(sendco, "sendco@school.example"), Password);
        await SeenAsync(staff, "What needs me", "staff-what-needs-me");
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans" }).ClickAsync();
        await SeenAsync(staff, "Plans", "staff-plans");
        await page.Locator("tr", new() { HasText = "Active" }).First.GetByRole(AriaRole.Link).ClickAsync();
        await SeenAsync(staff, "Plan of", "staff-plan");
        await page.GetByRole(AriaRole.Link, new() { Name = "Book a session" }).ClickAsync();

        await staff.SendAsync("Book");
        await SeenAsync(staff, "Book a session", "staff-booking-errors");
        Assert.Contains("Enter the day.", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Find free times" }).ClickAsync();
        await SeenAsync(staff, "Book a session", "staff-booking-free-times");
        await page.Locator(".card a").First.ClickAsync();
        await staff.SendAsync("Book");
        Assert.Contains("Say where the pupil will be.", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel("At home").CheckAsync();
        await staff.SendAsync("Book");
        await SeenAsync(staff, "Session of", "staff-session-proposed");

        await page.GetByLabel("The pupil").CheckAsync();
        await page.GetByLabel("Yes").CheckAsync();
        await page.GetByLabel("How did they say it?").SelectOptionAsync("On the phone");
        await staff.SendAsync("Keep the answer");
        await SeenAsync(staff, "Session of", "staff-session-answered");
        await Assertions.Expect(page.GetByText("The pupil agreed on")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Calendar" }).ClickAsync();
        await SeenAsync(staff, "Calendar", "staff-calendar");

        await staff.SendAsync("Sign out");
        await page.GetByLabel("E-mail address").FillAsync("sendco@school.example");
        await page.GetByLabel("Password").FillAsync(Password);
        await staff.SendAsync("Sign in");
        await SeenAsync(staff, "Enter your code", "staff-second-factor");
        await page.GetByLabel("Code").FillAsync(Authenticator.CodeAt(staff.Secret, TimeProvider.System.GetUtcNow()));
        await staff.SendAsync("Go on");
        await SeenAsync(staff, "What needs me", "staff-what-needs-me");
        await page.GotoAsync(new Uri(office.Url, "/staff/second-factor/set-up").ToString());
        await SeenAsync(staff, "Your second step is set up", "staff-second-step-there"); // its secret is not shown again
        Assert.Empty(staff.Errors);
    }

    private static async Task SeenAsync(StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(staff.Page, name);
    }
}
