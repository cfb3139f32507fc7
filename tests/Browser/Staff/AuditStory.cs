using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Who looked at a pupil's plan, and who gave whom a right.</summary>
public sealed class AuditStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_sendco_sees_who_looked_at_a_plan_and_an_administrator_sees_the_whole_authority()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var sendco = await StaffBrowser.LaunchAsync();
        await using var administrator = await StaffBrowser.LaunchAsync();
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        await administrator.AcceptAsync(await office.InviteAsync(await office.AdministratorAsync(), "office@county.example"), Password);

        await sendco.FollowAsync("Plans");
        await sendco.Page.Locator("tbody").GetByRole(AriaRole.Link).First.ClickAsync();
        var plan = sendco.Page.Url.Split('/')[^1].Split('?')[0];
        await sendco.FollowAsync("Record");
        await sendco.SeesAsync("Who did what", "staff-audit");
        await sendco.FillAsync("On one plan, session or person", plan);
        await sendco.ChooseAsync("What kind of thing", "Looked at");
        await sendco.SendAsync("Search");
        await Assertions.Expect(sendco.Page.Locator("tbody")).ToContainTextAsync("Plan: read");
        await sendco.SeesAsync("Who did what", "staff-audit-found");

        await sendco.FillAsync("On one plan, session or person", "not an id");
        await sendco.SendAsync("Search");
        await sendco.SaysAsync("That is no id.");
        await sendco.FillAsync("On one plan, session or person", "");
        await sendco.SendAsync("Search");
        var download = await sendco.Page.RunAndWaitForDownloadAsync(() => sendco.FollowAsync("Download as CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("number,at,who,name,what,kind,subject,changed,why", lines[0]);
        Assert.Contains(lines, line => line.Contains("audit.searched", StringComparison.Ordinal));

        await administrator.Page.GotoAsync(new Uri(office.Url, "/staff/audit").ToString());
        await administrator.TickAsync("In the whole authority, not this school alone");
        await administrator.SendAsync("Search");
        await administrator.SeesAsync("Who did what", "staff-audit-authority");
        await Assertions.Expect(administrator.Page.Locator("tbody")).ToContainTextAsync("Sample: seeded");
        Assert.Empty(sendco.Errors.Concat(administrator.Errors));
    }
}
