using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>The ledger is read, corrected and taken away; and a worry is handed over to the school's own system.</summary>
public sealed class LedgerStory
{
    [Fact]
    public async Task A_line_is_corrected_the_ledger_downloaded_and_a_concern_raised()
    {
        await using var family = await Family.MeetAsync();
        var (sendco, parent) = (family.Sendco, family.Parent);

        await family.GoAsync(sendco, "");
        await sendco.FollowAsync("Ledger");
        await sendco.SeesAsync("Ledger of", "staff-ledger");
        await Assertions.Expect(sendco.Page.GetByText("The school decides.")).ToBeVisibleAsync();
        await sendco.Page.GetByRole(AriaRole.Region, new() { Name = "Line by line" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await sendco.FillAsync("Minutes", "17");
        await sendco.SendAsync("Keep the correction");
        Assert.Contains("Say in a few words what was wrong.", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.SeesAsync("Line of the ledger", "staff-ledger-line");
        await sendco.FillAsync("What was wrong?", "It began late.");
        await sendco.SendAsync("Keep the correction");
        await Assertions.Expect(sendco.Page.GetByText("The line is corrected.")).ToBeVisibleAsync();

        await sendco.FollowAsync("Note a step in person");
        await sendco.FillAsync("How many minutes?", "25");
        await sendco.SendAsync("Note the step");
        Assert.Contains("Choose where it was.", await sendco.ProblemsAsync(), StringComparison.Ordinal);
        await sendco.SeesAsync("Note a step in person", "staff-ledger-note");
        await sendco.FillAsync("Which day?", "2026-01-01");
        await sendco.FillAsync("When did it start?", "09:10");
        await sendco.TickAsync("Somewhere at school");
        await sendco.FillAsync("A note (optional)", "She said hello first.");
        await sendco.SendAsync("Note the step");
        await Assertions.Expect(sendco.Page.GetByText("The step is noted.")).ToBeVisibleAsync();

        var download = await sendco.Page.RunAndWaitForDownloadAsync(() => sendco.FollowAsync("Download as CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.StartsWith("date,start,step,with_robot,engagement_minutes", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains(",17,", StringComparison.Ordinal) && line.EndsWith(",yes", StringComparison.Ordinal));

        await family.GoAsync(parent, "/ledger");
        await parent.SeesAsync("Ledger of", "staff-ledger-parent");
        await parent.Page.GetByRole(AriaRole.Link, new() { Name = "Receipt" }).First.ClickAsync();
        await parent.SeesAsync("What the session of", "staff-receipt-parent");
        await Assertions.Expect(parent.Page.GetByText("0 bytes")).ToBeVisibleAsync();
        await parent.Page.GoBackAsync();
        Assert.Equal(0, await parent.Page.GetByText("Download as CSV").CountAsync());
        Assert.Equal(0, await parent.Page.GetByText("For the register").CountAsync());

        await family.GoAsync(parent, "");
        await parent.FollowAsync("Raise a concern");
        await parent.SeesAsync("Raise a concern", "staff-concern");
        await parent.SendAsync("Raise a concern");
        await parent.SeesAsync("Raise a concern", "staff-concern-raised");
        await Assertions.Expect(parent.Page.GetByText("We keep only that a concern was raised")).ToBeVisibleAsync();
        Assert.Empty(sendco.Errors.Concat(parent.Errors));
    }
}
