using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A parent on their phone: from the invitation to a yes that the SENDCo sees, and a no that comes later.</summary>
public sealed class ParentStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_parent_is_invited_and_agrees_to_a_session_on_a_phone_and_the_sendco_sees_it()
    {
        await using var office = await StaffOffice.OpenAsync("--schools", "1"); // fifty plans: some are at a step to which a parent agrees
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        var (plan, session) = await SessionThatAsksAParentAsync(staff);

        await page.GotoAsync(plan.Replace("?", "/access?", StringComparison.Ordinal));
        await page.Locator(".card", new() { HasText = "Parent or carer" }).Locator("h3 a").ClickAsync();
        await staff.SendAsync("Make an invitation");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("Enter the e-mail address");
        await page.GetByLabel("E-mail address to sign in with").FillAsync("parent@home.example");
        await staff.SendAsync("Make an invitation");
        var invitation = (await page.Locator(".done code").TextContentAsync())!;

        await using var parent = await StaffBrowser.LaunchAsync(390, 844);
        var phone = parent.Page;
        await parent.AcceptAsync(invitation, Password);
        await SeenAsync(parent, "Your child", "staff-parent-start");
        await phone.Locator($".card.now a[href*='{new Uri(session).Segments[^1]}']").ClickAsync();
        await SeenAsync(parent, "Is this all right for", "staff-parent-answer");
        await parent.SendAsync("Send my answer");
        await SeenAsync(parent, "Is this all right for", "staff-parent-answer-errors");
        await phone.GetByLabel("Yes, that is all right").CheckAsync();
        await phone.GetByLabel("Anything you want to say with it?").FillAsync("She looks forward to it.");
        var answered = phone.Url;
        await parent.SendAsync("Send my answer");
        await Assertions.Expect(phone.Locator(".done")).ToContainTextAsync("Your yes is kept.");
        await Assertions.Expect(phone.Locator(".child")).ToContainTextAsync("A parent said yes. Your child is asked too.");
        await SeenAsync(parent, "Your child", "staff-parent-answered");

        await page.GotoAsync(answered.Replace("/answer", "", StringComparison.Ordinal));
        await SeenAsync(staff, "Session of", "staff-session-parent-agreed");
        await Assertions.Expect(page.GetByText("A parent agreed on")).ToContainTextAsync("She looks forward to it.");

        await phone.GotoAsync(answered.Replace("/answer", "", StringComparison.Ordinal));
        await SeenAsync(parent, "Session of", "staff-parent-session"); // of the staff's forms none is theirs
        Assert.Equal(0, await phone.Locator("main form").CountAsync());
        await phone.GetByRole(AriaRole.Link, new() { Name = "Say yes or no as a parent" }).ClickAsync();
        await SeenAsync(parent, "and the robot", "staff-parent-say-no");
        await phone.GoBackAsync();
        await phone.GoBackAsync();

        await phone.GetByRole(AriaRole.Link, new() { Name = "Read the whole plan" }).ClickAsync();
        await SeenAsync(parent, "Plan of", "staff-parent-plan");
        Assert.Equal(0, await phone.Locator(".timeline h3 a:not([href*='/answer'])").CountAsync());
        await phone.GotoAsync(answered);
        await SeenAsync(parent, "and the robot", "staff-parent-say-no");
        await parent.SendAsync("Say no to this session");
        await Assertions.Expect(phone.Locator(".done")).ToContainTextAsync("Your no is kept.");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("A parent said no on")).ToBeVisibleAsync();
        Assert.Empty(staff.Errors);
        Assert.Empty(parent.Errors);
    }

    /// <summary>Books one.</summary>
    private static async Task<(string Plan, string Session)> SessionThatAsksAParentAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans" }).ClickAsync();
        var plans = await page.Locator("tbody tr", new() { HasText = "Active" }).Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        foreach (var plan in plans)
        {
            await page.GotoAsync(plan);
            if (await page.Locator(".ladder li.here", new() { HasText = "A parent agrees to each session." }).CountAsync() == 0) continue;
            await page.GetByRole(AriaRole.Link, new() { Name = "Book a session" }).ClickAsync();
            if (!await staff.TakeFreeTimeAsync()) continue;
            await page.GetByLabel("At home").CheckAsync();
            await staff.SendAsync("Book");
            await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("Booked.");
            return (plan, page.Url);
        }

        throw new InvalidOperationException("No invented plan is at a step to which a parent agrees.");
    }

    /// <summary>Without a violation, and without anything that runs out of the side.</summary>
    private static async Task SeenAsync(StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        Assert.True(await staff.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the screen.");
        await Screens.KeepAsync(staff.Page, name);
    }
}
