using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>The school's times are looked after by hand: terms, days that are different, rooms, lessons; and who changes them is told what that touches.</summary>
public sealed class TimesStory
{
    [Fact]
    public async Task A_sendco_adds_a_room_moves_a_lesson_and_closes_a_day_on_which_a_session_is_booked()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), "brass otter umbrella");
        var day = await BookAsync(staff);

        await staff.FollowAsync("School times");
        await staff.SeesAsync("School times", "staff-times");
        await page.Locator("main details").First.Locator("summary").ClickAsync();

        await staff.FollowAsync("Add a room");
        await staff.SendAsync("Keep the room");
        Assert.Contains("The room has no name.", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await staff.FillAsync("What is it called?", "Music room");
        await staff.FillAsync("What to know about its wifi", "weak by the piano");
        await staff.SeesAsync("Add a room", "staff-times-room");
        await staff.SendAsync("Keep the room");
        await Assertions.Expect(page.GetByText("The rooms are changed.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("wifi not tested yet. weak by the piano")).ToBeVisibleAsync();

        await page.Locator("table a").First.ClickAsync();
        await staff.FillAsync("Last day", "2020-01-01");
        await staff.SendAsync("Keep the term");
        Assert.Contains("The last day comes before the first.", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await staff.SeesAsync("Autumn", "staff-times-term");
        await staff.FollowAsync("Back to school times");

        await page.Locator("main details").First.Locator("summary").ClickAsync();
        await page.Locator("main details").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await staff.SeesAsync("Monday", "staff-times-lesson");
        await staff.ChooseAsync("Room", "Music room");
        await staff.SendAsync("Keep the lesson");
        await Assertions.Expect(page.GetByText("booked session").First.Or(page.GetByText("The timetable is changed."))).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(office.Url, "/staff/times").ToString());

        await staff.FollowAsync("Add a day that is different");
        await staff.TickAsync("INSET day: staff are taught, pupils are not");
        await staff.FillAsync("First day", day);
        await staff.FillAsync("Why? (if there is something to note)", "Training.");
        await staff.SendAsync("Keep it");
        Assert.Contains("fit with this change", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await staff.SeesAsync("Add a day that is different", "staff-times-touched");
        await Assertions.Expect(page.GetByText("There is no school on that day: INSET day.").First).ToBeVisibleAsync();
        await staff.TickAsync("Change it all the same: I see to these sessions afterwards");
        await staff.SendAsync("Keep it");
        await Assertions.Expect(page.GetByText("The days are changed.")).ToBeVisibleAsync();
        await staff.SeesAsync("School times", "staff-times-closed");
        Assert.Empty(staff.Errors);
    }

    /// <returns>The day, as a date field has it.</returns>
    private static async Task<string> BookAsync(StaffBrowser staff)
    {
        var page = staff.Page;
        await staff.FollowAsync("Plans");
        await page.Locator("tr", new() { HasText = "Active" }).First.GetByRole(AriaRole.Link).ClickAsync();
        await staff.FollowAsync("Book a session");
        Assert.True(await staff.TakeFreeTimeAsync());
        var day = await page.GetByLabel("Day", new() { Exact = true }).InputValueAsync();
        await staff.TickAsync("At home");
        await staff.SendAsync("Book");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Session of");
        return day;
    }
}
