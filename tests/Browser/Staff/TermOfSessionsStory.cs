using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A term of weekly sessions is booked across the end of summer time; each thing that can stand against a session is met, and resolved.</summary>
public sealed class TermOfSessionsStory
{
    private const string Ada = "Ada";
    private const string Ben = "Ben";

    [Fact]
    public async Task A_term_of_weekly_sessions_stays_at_its_wall_time_and_each_conflict_has_a_way_out()
    {
        await using var school = await DatedSchool.OpenAsync();
        await using var staff = await StaffBrowser.LaunchAsync();
        await staff.AcceptAsync(await school.InviteAsync(), "brass otter umbrella");

        await TypeAsync(school, staff, Ada, "2026-09-14", weeks: 14);
        await staff.SendAsync("Book");
        await staff.SeesAsync("Book a session", "staff-term-booked");
        // Of fourteen Mondays one is in half-term, and two come after the agreement to the reduced timetable has run out.
        await Assertions.Expect(staff.Page.GetByText("11 of 14 times are booked.")).ToBeVisibleAsync();
        await Assertions.Expect(staff.Page.Locator(".card.now")).ToHaveCountAsync(3);
        await Assertions.Expect(staff.Page.Locator(".card.now").First).ToContainTextAsync("The school is closed on Monday 26 October 2026: half-term. Choose a school day.");
        await Assertions.Expect(staff.Page.Locator(".card.now").Last).ToContainTextAsync("The agreement to the reduced timetable is not in force on that day.");
        await StaysAtItsWallTimeAsync(school, staff);

        // Somebody and something can be in one place only.
        await RefusedAsync(school, staff, Ben, "2026-10-05", ["The robot is booked for another session at that time.", "Whoever carries the robot has another session at that time."]);
        await staff.SeesAsync("Book a session", "staff-term-conflict");
        await staff.ChooseAsync("Robot", "robot-b");
        await staff.ChooseAsync("Who brings the robot?", "Mr Shah");
        await BookedAsync(staff);
        await RefusedAsync(school, staff, Ada, "2026-10-12", ["The pupil has another session at that time."], robot: "robot-b", carrier: "Ms Brown");
        await RefusedAsync(school, staff, Ben, "2026-09-28", ["The robot needs 10 minutes between two pupils."], start: "10:35", carrier: "Mr Shah");
        await staff.ChooseAsync("Robot", "robot-b");
        await BookedAsync(staff);

        // No more than the step says.
        await RefusedAsync(school, staff, Ada, "2026-10-06", ["That is longer than the step says. Book 30 minutes or less"], minutes: "60");
        await staff.FillAsync("How many minutes?", "30");
        await BookedAsync(staff);
        await RefusedAsync(school, staff, Ada, "2026-10-07", ["The step says 2 a week, and the week has 2.", "Choose the week from Monday 12 October 2026"]);
        await staff.FillAsync("Day", "2026-10-13");
        await staff.ChooseAsync("Lesson", "Tuesday 10:05 8B Maths");
        await BookedAsync(staff);

        // Days and times without school.
        await RefusedAsync(school, staff, Ada, "2026-11-13", ["The school is closed on Friday 13 November 2026: INSET day."]);
        await staff.FillAsync("Day", "2026-11-12");
        await staff.ChooseAsync("Lesson", "Thursday 10:05 8B Maths");
        await BookedAsync(staff);
        await RefusedAsync(school, staff, Ada, "2026-09-11", ["That time has gone by."], start: "08:30", lesson: "Choose");
        await RefusedAsync(school, staff, Ada, "2027-01-11", ["the terms of 2026/27", "school holiday"], anyOf: true);
        await RefusedAsync(school, staff, Ada, "2026-09-15", ["The lesson begins at 10:05 and lasts 60 minutes."], start: "10:50");
        await staff.FillAsync("Starts at", "10:30");
        await BookedAsync(staff);
        await RefusedAsync(school, staff, Ada, "2026-09-22", ["Outside lessons, sessions are between 08:00 and 18:00."], start: "07:00", lesson: "Choose");
        await staff.FillAsync("Starts at", "15:30");
        await BookedAsync(staff);

        // Rooms.
        await RefusedAsync(school, staff, Ada, "2026-09-30", ["The lesson is in another room.", "The wifi of that room did not hold"], room: "Hut");
        await staff.ChooseAsync("Room", "8B");
        await BookedAsync(staff);

        // What has to be done about the plan first.
        await RefusedAsync(school, staff, Ben, "2026-11-18", ["The plan's review will be long overdue by then, or is already. Hold the review"]);
        await HoldTheReviewAsync(school, staff);
        await TypeAsync(school, staff, Ben, "2026-11-18");
        await BookedAsync(staff);
        Assert.Empty(staff.Errors);
    }

    /// <summary>At 10:05 in summer and in winter, which are not an hour apart on the same clock.</summary>
    private static async Task StaysAtItsWallTimeAsync(DatedSchool school, StaffBrowser staff)
    {
        foreach (var week in (string[])["2026-10-19", "2026-11-02"])
        {
            await staff.Page.GotoAsync(new Uri(school.Url, $"/staff/calendar?week={week}").ToString());
            await Assertions.Expect(staff.Page.Locator(".slot b")).ToHaveTextAsync("10:05 Ada");
        }

        await staff.SeesAsync("Calendar", "staff-term-winter");
        await using var work = await school.Records.BeginAsync(default, Instant.FromDateTimeOffset(school.Time.GetUtcNow()), [], TestContext.Current.CancellationToken);
        var sessions = await work.Sessions.OfSchoolAsync(
            DatedSchool.Id, new DateInterval(new LocalDate(2026, 9, 11), new LocalDate(2026, 12, 18)), TestContext.Current.CancellationToken);
        Assert.Equal(11, sessions.Count);
        Assert.All(sessions, kept => Assert.Equal(
            (new LocalTime(10, 5), kept.Value.Booked.Slot.Date < new LocalDate(2026, 10, 25) ? 9 : 10),
            (kept.Value.Booked.Slot.Start, kept.Value.Window.Start.InUtc().Hour)));
    }

    private static async Task HoldTheReviewAsync(DatedSchool school, StaffBrowser staff)
    {
        var page = staff.Page;
        await page.GotoAsync(new Uri(school.Url, $"/staff/plans/{DatedSchool.PlanOf(2)}/review").ToString());
        await page.GetByLabel("Pupil", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Stay on this step").CheckAsync();
        await page.GetByLabel("What was tried?").FillAsync("Two sessions in maths.");
        await page.GetByLabel("more than hoped for", new() { Exact = false }).First.CheckAsync();
        await page.GetByLabel("When is the next review?").FillAsync("2026-11-30");
        await page.GetByLabel("In the pupil's words").FillAsync("Maths is all right.");
        await staff.SendAsync("Keep the review");
        await Assertions.Expect(page.GetByText("The review is kept.")).ToBeVisibleAsync();
    }

    private static async Task TypeAsync(
        DatedSchool school, StaffBrowser staff, string pupil, string date, string start = "10:05", string minutes = "30", string room = "8B", string? lesson = null,
        string robot = "robot-a", string carrier = "Ms Reed", int weeks = 1)
    {
        await staff.Page.GotoAsync(new Uri(school.Url, $"/staff/book?plan={DatedSchool.PlanOf(pupil == Ada ? 1 : 2)}").ToString());
        await staff.FillAsync("Day", date);
        await staff.FillAsync("Starts at", start);
        await staff.FillAsync("How many minutes?", minutes);
        await staff.ChooseAsync("Room", room);
        await staff.ChooseAsync("Lesson", lesson ?? $"{LocalDatePattern.Iso.Parse(date).Value.DayOfWeek} 10:05 8B Maths");
        await staff.ChooseAsync("Robot", robot);
        await staff.ChooseAsync("Who brings the robot?", carrier);
        await staff.TickAsync("At home");
        await staff.FillAsync("For how many weeks?", $"{weeks}");
    }

    /// <summary>It is not booked, and the page says just why; what was typed is still there.</summary>
    private static async Task RefusedAsync(
        DatedSchool school, StaffBrowser staff, string pupil, string date, string[] because, string start = "10:05", string minutes = "30", string room = "8B",
        string? lesson = null, string robot = "robot-a", string carrier = "Ms Reed", bool anyOf = false)
    {
        await TypeAsync(school, staff, pupil, date, start, minutes, room, lesson, robot, carrier);
        await staff.SendAsync("Book");
        await Assertions.Expect(staff.Page.Locator(".error-summary")).ToBeVisibleAsync();
        var said = await staff.ProblemsAsync();
        Assert.True(anyOf ? because.Any(said.Contains) : because.All(said.Contains), said);
        var reasons = because.Count(reason => !reason.StartsWith("Choose", StringComparison.Ordinal)); // the others are the next step
        Assert.True(anyOf || reasons == await staff.Page.Locator(".error-summary li").CountAsync(), $"{date}: {said}");
        await Assertions.Expect(staff.Page.GetByLabel("Day", new() { Exact = true })).ToHaveValueAsync(date);
    }

    private static async Task BookedAsync(StaffBrowser staff)
    {
        await staff.SendAsync("Book");
        await Assertions.Expect(staff.Page.GetByText("Booked. The pupil is asked first")).ToBeVisibleAsync();
    }
}
