using System.Globalization;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Somebody from outside the school reads one plan for a time (rule 9): from the SENDCo's invitation to the end of it.</summary>
public sealed class ExternalAccessStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_sendco_gives_a_professional_access_to_one_plan_who_reads_it_without_its_confidential_parts_until_it_ends()
    {
        await using var office = await StaffOffice.OpenAsync("--schools", "1"); // fifty plans: some of them have confidential parts
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        var (confidential, plan) = await PlanWithConfidentialPartAsync(staff);

        await page.GetByRole(AriaRole.Link, new() { Name = "Who may see this plan" }).ClickAsync();
        await SeenAsync(staff, "Who may see the plan of", "staff-plan-access");
        await page.GetByRole(AriaRole.Link, new() { Name = "Give somebody access" }).ClickAsync();
        await staff.SendAsync("Give access");
        await SeenAsync(staff, "Give access to the plan of", "staff-give-access-errors");
        await page.GetByLabel("External professional: reads the plan").CheckAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Dr Nowak of CAMHS");
        await staff.SendAsync("Give access");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("no last day has been given");
        var lastDay = TimeProvider.System.GetUtcNow().AddDays(14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.GetByLabel("Last day", new() { Exact = true }).FillAsync(lastDay);
        await staff.SendAsync("Give access");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("Dr Nowak of CAMHS has access to the plan of");
        await SeenAsync(staff, "Who may see the plan of", "staff-plan-access-given");

        await page.GetByRole(AriaRole.Link, new() { Name = "Dr Nowak of CAMHS", Exact = true }).ClickAsync();
        await page.GetByLabel("E-mail address to sign in with").FillAsync("nowak@camhs.example");
        await staff.SendAsync("Make an invitation");
        await SeenAsync(staff, "Dr Nowak", "staff-person-invited");
        await Assertions.Expect(page.GetByLabel("E-mail address for messages")).ToHaveValueAsync("nowak@camhs.example");
        var invitation = (await page.Locator(".done code").TextContentAsync())!;

        await using var professional = await StaffBrowser.LaunchAsync();
        await professional.AcceptAsync(invitation, Password);
        await SeenAsync(professional, "Start", "staff-external-start");
        await professional.Page.GetByRole(AriaRole.Link, new() { Name = "See what has been opened to you" }).ClickAsync();
        await Assertions.Expect(professional.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(professional.Page.Locator("nav.sections a")).ToHaveCountAsync(2); // start and plans: nothing else is theirs
        await professional.Page.Locator("tbody a").ClickAsync();
        await SeenAsync(professional, "Plan of", "staff-external-plan");
        await Assertions.Expect(professional.Page.Locator("h2", new() { HasText = confidential })).ToHaveCountAsync(0);
        await Assertions.Expect(professional.Page.GetByRole(AriaRole.Link, new() { Name = "Book a session" })).ToHaveCountAsync(0);
        var read = professional.Page.Url;
        await professional.Page.GotoAsync($"{read}&confidential=true");
        await Assertions.Expect(professional.Page.Locator(".notice")).ToContainTextAsync("This needs an authority of its own");
        await professional.Page.GotoAsync(new Uri(office.Url, "/staff/calendar").ToString());
        await Assertions.Expect(professional.Page.Locator(".notice")).ToContainTextAsync("Your role does not include this.");
        await professional.Page.GotoAsync(read);

        await page.GotoAsync(plan.Replace("?", "/access?", StringComparison.Ordinal));
        await page.Locator(".card", new() { HasText = "Dr Nowak" }).GetByRole(AriaRole.Link, new() { Name = "End this access" }).ClickAsync();
        await SeenAsync(staff, "End the access of Dr Nowak", "staff-end-role");
        await staff.SendAsync("End it now");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("Say why");
        await page.GetByLabel("Why?").FillAsync("The work together is done.");
        await staff.SendAsync("End it now");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("The access has ended.");
        await Assertions.Expect(page.Locator(".card", new() { HasText = "Dr Nowak" })).ToHaveCountAsync(0);

        await professional.Page.ReloadAsync();
        await Assertions.Expect(professional.Page.Locator(".notice")).ToContainTextAsync("Your access has ended. If you still need it, ask your SENDCo to open it again.");
        await SeenAsync(professional, "Plan", "staff-external-ended");
        await professional.Page.GotoAsync(new Uri(office.Url, "/staff").ToString());
        await Assertions.Expect(professional.Page.Locator(".notice")).ToContainTextAsync("Your access has ended.");
        await SeenAsync(professional, "Start", "staff-external-start-ended");
        Assert.Empty(staff.Errors);
        Assert.Empty(professional.Errors);
    }

    /// <summary>Opens it.</summary>
    /// <returns>The heading of the part, and where the plan is.</returns>
    private static async Task<(string Heading, string Plan)> PlanWithConfidentialPartAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans" }).ClickAsync();
        var plans = await page.Locator("tbody tr", new() { HasText = "Active" }).Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        foreach (var plan in plans)
        {
            await page.GotoAsync($"{plan}&confidential=true");
            var headings = await page.Locator("h2", new() { HasTextRegex = new("confidential", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).AllTextContentsAsync();
            if (headings.Count == 0) continue;
            await page.GotoAsync(plan);
            await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Plan of");
            return (headings[0].Replace("(confidential)", "", StringComparison.OrdinalIgnoreCase).Replace("confidential", "", StringComparison.OrdinalIgnoreCase).Trim(), plan);
        }

        throw new InvalidOperationException("No invented plan has a confidential part.");
    }

    private static async Task SeenAsync(StaffBrowser staff, string heading, string name)
    {
        await Assertions.Expect(staff.Page.Locator("h1")).ToContainTextAsync(heading);
        Assert.Empty(await staff.ViolationsAsync());
        await Screens.KeepAsync(staff.Page, name);
    }
}
