using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A parent on a phone, and the SENDCo of their child's school at a desk: at one and the same active plan.</summary>
internal sealed class Family : IAsyncDisposable
{
    private const string Password = "brass otter umbrella";

    private Family(StaffOffice office, StaffBrowser parent, StaffBrowser sendco, string plan, string parentsName) =>
        (Office, Parent, Sendco, Plan, ParentsName) = (office, parent, sendco, plan, parentsName);

    public StaffOffice Office { get; }

    public StaffBrowser Parent { get; }

    public StaffBrowser Sendco { get; }

    /// <summary>The plan's address: <c>/staff/plans/…</c>.</summary>
    public string Plan { get; }

    public string ParentsName { get; }

    public static async Task<Family> MeetAsync()
    {
        var office = await StaffOffice.OpenAsync();
        var (parent, sendco) = (await StaffBrowser.LaunchAsync(390, 844), await StaffBrowser.LaunchAsync());
        var sendcos = office.People.First(person => person.Role == "Sendco");
        var parents = office.People.First(person => person.Role == "Parent" && person.School == sendcos.School);
        await parent.AcceptAsync(await office.InviteAsync(parents, "parent@home.example"), Password);
        await sendco.AcceptAsync(await office.InviteAsync(sendcos, "sendco@school.example"), Password);

        await parent.Page.GotoAsync(new Uri(office.Url, "/staff/plans").ToString());
        var link = parent.Page.Locator("tr", new() { HasText = "Active" }).GetByRole(AriaRole.Link);
        Assert.Equal(1, await link.CountAsync()); // of their own child
        var plan = (await link.GetAttributeAsync("href"))!.Split('?')[0];
        return new Family(office, parent, sendco, plan, parents.Name);
    }

    public Task GoAsync(StaffBrowser who, string page) => who.Page.GotoAsync(new Uri(Office.Url, Plan + page).ToString());

    public async ValueTask DisposeAsync()
    {
        await Parent.DisposeAsync();
        await Sendco.DisposeAsync();
        await Office.DisposeAsync();
    }
}
