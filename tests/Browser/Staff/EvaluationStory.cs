using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Figures without names: of one school for its SENDCo, of all of them for an administrator.</summary>
public sealed class EvaluationStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task Figures_are_shown_by_term_and_month_and_taken_away()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var sendco = await StaffBrowser.LaunchAsync();
        await using var administrator = await StaffBrowser.LaunchAsync();
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);
        await administrator.AcceptAsync(await office.InviteAsync(await office.AdministratorAsync(), "office@county.example"), Password);

        await sendco.FollowAsync("Figures");
        await sendco.SeesAsync("Figures", "staff-evaluation");
        await sendco.TickAsync("Month by month");
        await sendco.SendAsync("Show the figures");
        await Assertions.Expect(sendco.Page.GetByRole(AriaRole.Heading, new() { Name = "Sessions with the robot" })).ToBeVisibleAsync();
        await sendco.SeesAsync("Figures", "staff-evaluation-figures");
        Assert.Equal(0, await sendco.Page.GetByText("School by school").CountAsync());

        var download = await sendco.Page.RunAndWaitForDownloadAsync(() => sendco.FollowAsync("Download as CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("period,measure,school,category,figure", lines[0]);
        Assert.Contains(lines, line => line.Contains("sessions booked", StringComparison.Ordinal));

        await sendco.FollowAsync("Ask for other figures");
        await sendco.SeesAsync("Figures", "staff-evaluation-again");
        await sendco.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the figures of" }).ClickAsync(); // gathered once
        await Assertions.Expect(sendco.Page.GetByRole(AriaRole.Heading, new() { Name = "Sessions with the robot" })).ToBeVisibleAsync();

        await administrator.Page.GotoAsync(new Uri(office.Url, "/staff/evaluation").ToString());
        await administrator.TickAsync("The year as one");
        await administrator.SendAsync("Show the figures");
        await administrator.SeesAsync("Figures", "staff-evaluation-schools");
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Region, new() { Name = "School by school" })).ToBeVisibleAsync();

        // Somebody else's figures are not there.
        await administrator.Page.GotoAsync(sendco.Page.Url);
        await Assertions.Expect(administrator.Page.GetByText("These figures are not kept any more.")).ToBeVisibleAsync();
        Assert.Empty(sendco.Errors.Concat(administrator.Errors));
    }
}
