using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A SENDCo's first morning: from the invitation to a session that the pupil has said yes to.</summary>
public sealed class BookingStory
{
    /// <summary>What stands in the fields of the form, as JSON by their names.</summary>
    private const string Typed = """
        () => JSON.stringify(Object.fromEntries([...document.querySelectorAll("main form input, main form select")]
          .filter((field) => field.name.includes(".") && !["radio", "checkbox", "hidden"].includes(field.type)).map((field) => [field.name, field.value])))
        """;

    private const string TypeAgain = """
        (typed) => { for (const [name, value] of Object.entries(JSON.parse(typed))) document.getElementsByName(name)[0].value = value; }
        """;

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

        await page.GetByLabel("Anything to note?").FillAsync("Sits by the door");
        await staff.SendAsync("Find free times");
        await Assertions.Expect(page.GetByText("Free times in the next two weeks")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Anything to note?")).ToHaveValueAsync("Sits by the door");
        await staff.SeesAsync("Book a session", "staff-booking-free-times");
        Assert.True(await staff.TakeFreeTimeAsync());
        await Assertions.Expect(page.GetByLabel("Anything to note?")).ToHaveValueAsync("Sits by the door");
        await staff.SendAsync("Book");
        Assert.Contains("Say where the pupil will be.", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel("At home").CheckAsync();
        var (form, typed) = (page.Url, await page.EvaluateAsync<string>(Typed));
        await staff.SendAsync("Book");
        await SeenAsync(staff, "Session of", "staff-session-proposed");

        await page.GetByLabel("The pupil").CheckAsync();
        await page.GetByLabel("Yes").CheckAsync();
        await page.GetByLabel("How did they say it?").SelectOptionAsync("On the phone");
        await staff.SendAsync("Keep the answer");
        await SeenAsync(staff, "Session of", "staff-session-answered");
        await Assertions.Expect(page.GetByText("The pupil agreed on")).ToBeVisibleAsync();

        await RepeatAsync(staff, form, typed);
        await staff.FollowAsync("Calendar");
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

    /// <summary>At the same time in three weeks, of which the first is taken by what was booked before.</summary>
    private static async Task RepeatAsync(StaffBrowser staff, string form, string typed)
    {
        var page = staff.Page;
        await page.GotoAsync(form);
        await page.EvaluateAsync(TypeAgain, typed);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Book a session");
        await page.GetByLabel("For how many weeks?").FillAsync("3");
        await page.GetByLabel("At home").CheckAsync();
        await page.GetByLabel("Anything to note?").FillAsync("Each week");
        await staff.SendAsync("Book");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("of 3 times are booked.");
        await Assertions.Expect(page.GetByLabel("Anything to note?")).ToHaveValueAsync("Each week");
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "For which of the days that are left?" }).GetByRole(AriaRole.Checkbox).First).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("[data-draft-done]")).ToHaveCountAsync(0); // what was typed is kept until all are booked
        await staff.SeesAsync("Book a session", "staff-booking-left");
        await page.GetByRole(AriaRole.Group, new() { Name = "For which of the days that are left?" }).GetByRole(AriaRole.Checkbox).First.UncheckAsync();
    }

    private static async Task SeenAsync(StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(staff.Page, name);
    }
}
