using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A session is found in the calendar, by whatever somebody knows of it, and moved.</summary>
public sealed class MoveStory
{
    [Fact]
    public async Task A_sendco_looks_a_session_up_by_robot_room_and_pupil_and_moves_it_to_a_free_time()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), "brass otter umbrella");
        await staff.FollowAsync("Plans");
        await page.Locator("tr", new() { HasText = "Active" }).First.GetByRole(AriaRole.Link).ClickAsync();
        await staff.FollowAsync("Book a session");
        Assert.True(await staff.TakeFreeTimeAsync());
        var (day, robot) = (await page.GetByLabel("Day", new() { Exact = true }).InputValueAsync(), await page.GetByLabel("Robot", new() { Exact = true }).InputValueAsync());
        await staff.TickAsync("At home");
        await staff.SendAsync("Book");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Session of");
        var (session, pupil) = (new Uri(page.Url).AbsolutePath, (await page.Locator("h1").InnerTextAsync())["Session of ".Length..]);

        await page.GotoAsync(new Uri(office.Url, $"/staff/calendar?week={day}").ToString());
        await staff.SeesAsync("Calendar", "staff-calendar-day");
        foreach (var by in (string[])["By robot", "By room", "By pupil"])
        {
            await staff.FollowAsync(by);
            await staff.SeesAsync("Calendar", $"staff-calendar-{by.Split(' ')[1]}");
            await Assertions.Expect(page.Locator($"a[href*='{session}']")).ToHaveCountAsync(1);
        }

        await page.GetByLabel("Pupil", new() { Exact = true }).SelectOptionAsync(pupil);
        await page.GetByLabel("Robot", new() { Exact = true }).SelectOptionAsync(robot);
        await staff.SendAsync("Show");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator($"a[href*='{session}']").ClickAsync();

        await staff.FollowAsync("Move it to another time, room or robot");
        await staff.SeesAsync("Move the session of", "staff-move");
        await staff.FillAsync("Day", "2020-01-06");
        await staff.SendAsync("Move it");
        Assert.Contains("That time has gone by.", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await staff.SeesAsync("Move the session of", "staff-move-errors");
        await staff.FillAsync("Day", day);
        await staff.SendAsync("Find free times");
        await Assertions.Expect(page.GetByText("Free times in the next two weeks")).ToBeVisibleAsync();
        await staff.SeesAsync("Move the session of", "staff-move-free-times");
        var time = (await page.Locator(".card strong").First.InnerTextAsync()).Split(',');
        await page.GetByRole(AriaRole.Button, new() { Name = "Take this time" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Free times in the next two weeks")).ToHaveCountAsync(0);
        await staff.SendAsync("Move it");
        await Assertions.Expect(page.GetByText("It is moved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"{time[1].Trim()}, {time[0].Trim()}")).ToBeVisibleAsync();
        await staff.SeesAsync("Session of", "staff-moved");
        Assert.Empty(staff.Errors);
    }
}
