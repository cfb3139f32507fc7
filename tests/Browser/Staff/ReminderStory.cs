using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>Reminders by e-mail: asked for, sent, and stopped from the mail.</summary>
public sealed class ReminderStory
{
    [Fact]
    public async Task A_sendco_asks_for_reminders_gets_the_one_of_the_evening_and_stops_them_with_its_link()
    {
        await using var mail = new LocalMailServer();
        await mail.StartAsync();
        await using var school = await DatedSchool.OpenAsync(mail, later: new TimeSpan(7, 59, 30));
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await school.InviteAsync(), "brass otter umbrella");
        await page.GotoAsync(new Uri(school.Url, "/staff/account").ToString());

        await staff.FollowAsync("Choose reminders by e-mail");
        await staff.SeesAsync("Reminders by e-mail", "staff-reminders-address");
        await staff.SendAsync("Send me a code");
        await Assertions.Expect(page.GetByText("It is on its way")).ToBeVisibleAsync();
        await staff.FillAsync("Code from the mail", "no code");
        await staff.SendAsync("This is my address");
        await staff.SaysAsync("That is not the code that was sent last.");
        await staff.SeesAsync("Reminders by e-mail", "staff-reminders-errors");
        await staff.FillAsync("Code from the mail", Regex.Match(Assert.Single(mail.Mails).Text, "\\b\\d{6}\\b").Value);
        await staff.SendAsync("This is my address");
        await Assertions.Expect(page.GetByText("The address is yours.")).ToBeVisibleAsync();
        await staff.TickAsync("Remind me");
        await staff.TickAsync("Once a week, before its first school day");
        await staff.SendAsync("Keep this");
        await Assertions.Expect(page.GetByText("Your choice is kept.")).ToBeVisibleAsync();
        await staff.SeesAsync("Reminders by e-mail", "staff-reminders");
        await Assertions.Expect(page.GetByLabel("Remind me", new() { Exact = true })).ToBeCheckedAsync();

        await page.GotoAsync(new Uri(school.Url, $"/staff/book?plan={DatedSchool.PlanOf(1)}").ToString());
        Assert.True(await staff.TakeFreeTimeAsync());
        await Assertions.Expect(page.GetByLabel("Day", new() { Exact = true })).ToHaveValueAsync("2026-09-14"); // it is Friday afternoon: the Monday
        await staff.TickAsync("At home");
        await staff.SendAsync("Book");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        school.Time.Advance(TimeSpan.FromSeconds(31)); // five by London's clocks
        await mail.TakesAsync(2);

        var sent = mail.Mails[1];
        Assert.Contains("Monday 14 September 2026\n  10:05 to ", sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", sent.Text + sent.Headers, StringComparison.Ordinal);
        await page.GotoAsync(Regex.Match(sent.Text, "http\\S+/staff/reminders/stop\\S+").Value);
        await staff.SeesAsync("Stop your reminders?", "staff-reminders-stop");
        await staff.SendAsync("Stop the reminders");
        await staff.SeesAsync("Your reminders are stopped", "staff-reminders-stopped");
        Assert.Empty(staff.Errors);
    }

    [Fact]
    public async Task Where_no_mail_server_is_set_up_the_page_says_who_could()
    {
        await using var school = await DatedSchool.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        await staff.AcceptAsync(await school.InviteAsync(), "brass otter umbrella");

        await staff.Page.GotoAsync(new Uri(school.Url, "/staff/reminders").ToString());

        await staff.SeesAsync("Reminders by e-mail", "staff-reminders-not-set-up");
        await Assertions.Expect(staff.Page.GetByText("Reminders by e-mail are not set up here.")).ToBeVisibleAsync();
    }
}
