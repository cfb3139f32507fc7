using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>The school's calendar file is looked at, and taken over as it was shown.</summary>
public sealed class ImportStory
{
    [Fact]
    public async Task A_sendco_sees_what_a_calendar_file_would_change_and_takes_it_over()
    {
        await using var office = await StaffOffice.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        var page = staff.Page;
        await staff.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco"), "sendco@school.example"), "brass otter umbrella");
        var year = TimeProvider.System.GetUtcNow() is { Month: < 9 } spring ? spring.Year - 1 : TimeProvider.System.GetUtcNow().Year;

        await staff.FollowAsync("School times");
        await staff.FollowAsync("Take over a calendar file");
        await staff.SendAsync("Look at the file");
        Assert.Contains("Choose the file.", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await SendAsync(staff, "timetable.ics", "This is no calendar.");
        Assert.Contains("This is not a calendar file", await staff.ProblemsAsync(), StringComparison.Ordinal);
        await staff.SeesAsync("Take over a calendar file", "staff-import-errors");

        // Bigger than any other form that is taken here, and still a school's.
        await SendAsync(staff, "terms.ics", Calendar(
            $"SUMMARY:INSET day\nDTSTART;VALUE=DATE:{year + 1}0614",
            $"SUMMARY:Sports day\nDTSTART;VALUE=DATE:{year + 1}0616\nDESCRIPTION:{string.Join("\n ", Enumerable.Repeat(new string('x', 70), 6_000))}"));
        await staff.SeesAsync("Take over a calendar file", "staff-import-terms");
        await Assertions.Expect(page.GetByText("INSET day, ").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Sports day, ")).ToBeVisibleAsync();
        await staff.SendAsync("Take it over");
        await Assertions.Expect(page.GetByText("The file is taken over.")).ToBeVisibleAsync();

        await staff.FollowAsync("Take over a calendar file");
        await SendAsync(staff, "timetable.ics", Calendar(
            $"SUMMARY:8B Maths\nLOCATION:Music room\nDTSTART;TZID=Europe/London:{year}0907T100500\nDURATION:PT50M\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL={year + 1}0720T000000Z"));
        await staff.SeesAsync("Take over a calendar file", "staff-import-lessons");
        await staff.SendAsync("Take it over");
        await staff.SeesAsync("School times", "staff-import-done");
        await Assertions.Expect(page.Locator("main details")).ToHaveCountAsync(2); // Mondays and Wednesdays alone have lessons now

        await staff.FollowAsync("Take over a calendar file");
        await SendAsync(staff, "terms.ics", Calendar($"SUMMARY:INSET day\nDTSTART;VALUE=DATE:{year + 1}0614"));
        await Assertions.Expect(page.GetByText("All that is in the file is there already.")).ToBeVisibleAsync();
        Assert.Empty(staff.Errors);
    }

    private static async Task SendAsync(StaffBrowser staff, string name, string text)
    {
        await staff.Page.GetByLabel("The file", new() { Exact = true })
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/calendar", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await staff.SendAsync("Look at the file");
    }

    private static string Calendar(params string[] events) => string.Join(
        "\r\n",
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Invented//Timetable//EN",
            .. events.SelectMany((text, number) => (string[])["BEGIN:VEVENT", $"UID:{number}", .. text.Split('\n'), "END:VEVENT"]), "END:VCALENDAR", "",
        ]);
}
