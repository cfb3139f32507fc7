using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>The authority's limits are read by those who work within them, and changed by its administrator.</summary>
public sealed class SettingsStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task An_administrator_changes_limits_retention_framework_codes_and_where_concerns_go_and_a_sendco_reads_them()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var administrator = await StaffBrowser.LaunchAsync();
        await using var sendco = await StaffBrowser.LaunchAsync();
        await administrator.AcceptAsync(await office.InviteAsync(await office.AdministratorAsync(), "office@county.example"), Password);
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), Password);

        await administrator.FollowAsync("Settings");
        await administrator.SeesAsync("Settings", "staff-settings");
        await administrator.FollowAsync("Change limits");
        await administrator.FillAsync("Think of a referral after missed days for a health reason", "many");
        await administrator.FillAsync("The first review of a reduced timetable comes within", "6");
        await administrator.SendAsync("Keep the limits");
        await administrator.SaysAsync("Say in a few words why it is changed.");
        await administrator.FillAsync("Why are they changed?", "The county's guidance.");
        await administrator.SendAsync("Keep the limits");
        await administrator.SaysAsync("Enter a whole number from 1 to 190.");
        await administrator.SeesAsync("Limits of the authority", "staff-settings-limits-errors");
        Assert.Equal("6", await administrator.Page.GetByLabel("The first review of a reduced timetable comes within", new() { Exact = true }).InputValueAsync());
        await administrator.FillAsync("Think of a referral after missed days for a health reason", "12");
        await administrator.SendAsync("Keep the limits");
        await administrator.SaysAsync("says where it comes from");
        await administrator.FillAsync("Where do the limits of reduced timetables come from?", "County guidance, 2026");
        await administrator.SendAsync("Keep the limits");
        await Assertions.Expect(administrator.Page.GetByText("The limits are kept.")).ToBeVisibleAsync();
        await Assertions.Expect(administrator.Page.GetByText("12 school days")).ToBeVisibleAsync();

        await administrator.Page.GetByRole(AriaRole.Link, new() { Name = "Change how long what happened in a session is kept" }).ClickAsync();
        await administrator.FillAsync("For how long?", "18");
        await administrator.ChooseAsync("Of what?", "months");
        await administrator.SendAsync("Keep it");
        await administrator.SaysAsync("Write which schedule or decision says so.");
        await administrator.SeesAsync("How long it is kept", "staff-settings-retention");
        await administrator.FillAsync("Which schedule or decision says so?", "The county's schedule");
        await administrator.SendAsync("Keep it");
        await Assertions.Expect(administrator.Page.GetByText("18 months from the day it was recorded")).ToBeVisibleAsync();

        await administrator.FollowAsync("Enter the framework");
        await administrator.FillAsync("What does the authority call it?", "ATTEND");
        await administrator.FillAsync("Its sections and questions", "# At home\nWhat helps in the morning?");
        await administrator.FillAsync("Why is it changed?", "Supplied by the county.");
        await administrator.SeesAsync("The ATTEND framework", "staff-settings-attend");
        await administrator.SendAsync("Keep the framework");
        await Assertions.Expect(administrator.Page.GetByText("ATTEND, version 1: 1 questions in 1 sections.")).ToBeVisibleAsync();

        await administrator.FollowAsync("Enter a table of codes");
        await administrator.FillAsync("From which source?", "An invented source");
        await administrator.FillAsync("The codes", "X0 | here | present\nX1 | not here");
        await administrator.FillAsync("When each is used", "home | an invented reason | X0");
        await administrator.FillAsync("Why are they entered or changed?", "A new school year.");
        await administrator.SendAsync("Keep the table");
        await administrator.SaysAsync("taking part from elsewhere is absence");
        await administrator.SeesAsync("Codes of the register", "staff-settings-codes");
        await administrator.FillAsync("When each is used", "home | an invented reason | X1\nschool site | | X0");
        await administrator.SendAsync("Keep the table");
        await Assertions.Expect(administrator.Page.GetByText("The table of codes is kept.")).ToBeVisibleAsync();

        await administrator.FollowAsync("Change what is set for the school");
        await administrator.FillAsync("Where do safeguarding concerns go?", "the office");
        await administrator.FillAsync("Why is it changed?", "A new system.");
        await administrator.SendAsync("Keep it");
        await administrator.SaysAsync("neither a web link nor an e-mail address");
        await administrator.FillAsync("Where do safeguarding concerns go?", "lead@school.example");
        await administrator.TickAsync("Show pupils' names in calendars, reminders and on room pages");
        await administrator.SeesAsync("What is set for the school", "staff-settings-school");
        await administrator.SendAsync("Keep it");
        await Assertions.Expect(administrator.Page.GetByText("lead@school.example")).ToBeVisibleAsync();
        await Assertions.Expect(administrator.Page.GetByText("shown", new() { Exact = true })).ToBeVisibleAsync();

        await sendco.FollowAsync("Settings");
        await sendco.SeesAsync("Settings", "staff-settings-read");
        Assert.Equal(0, await sendco.Page.GetByText("Change limits").CountAsync());
        await sendco.Page.GotoAsync(new Uri(office.Url, "/staff/settings/limits").ToString());
        await Assertions.Expect(sendco.Page.GetByText("Your role reads the settings and does not do this.")).ToBeVisibleAsync();
        await sendco.FollowAsync("Record");
        await sendco.ChooseAsync("What kind of thing", "Changed");
        Assert.Empty(administrator.Errors.Concat(sendco.Errors));
    }
}
