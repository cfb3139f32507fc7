using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A supply teacher who has never seen a robot takes a lesson with one, from a card that the SENDCo has printed.</summary>
[Collection(Calls.Name)]
public sealed class SupplyTeacherStory
{
    private const string Password = "brass otter umbrella";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_supply_teacher_opens_the_room_places_the_robot_sees_a_hand_draws_the_curtain_and_ends_the_lesson()
    {
        await using var office = await StaffOffice.OpenAsync();
        var robot = await office.RobotAsync();
        var lesson = await office.LessonAsync(robot);
        await using var sendco = await StaffBrowser.LaunchAsync();
        await using var phone = await StaffBrowser.LaunchAsync(390, 844);

        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco" && person.School == lesson.School), "sendco@school.example"), Password);
        var link = await MakeLinkAsync(sendco, lesson);
        await phone.Page.GotoAsync(link);
        await phone.SeesAsync($"{lesson.Room}, today", "room-today");
        Assert.Equal(new Uri(office.Url, "/staff/room").ToString(), phone.Page.Url); // the key is out of the address bar

        await phone.Page.Locator(".card", new() { HasText = robot.Name }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(phone.Page.GetByText("The robot is not in its place yet")).ToBeVisibleAsync();
        await phone.TickAsync("Its battery lasts for the lesson");
        await phone.SendAsync("Placed and ready");
        Assert.Contains("wifi", await phone.ProblemsAsync(), StringComparison.OrdinalIgnoreCase);
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-place-errors");
        await phone.TickAsync("Its lights say that it is connected");
        await phone.TickAsync("Its sound is heard");
        await phone.SendAsync("Placed and ready");
        await Assertions.Expect(phone.Page.GetByText("The robot is in its place.")).ToBeVisibleAsync();
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-ready");

        await using var pupil = await PupilPage.LaunchAsync();
        await pupil.JoinAsync(lesson.Link, Patience);
        await SaysAsync(phone, "Live now"); // by itself, as all that follows
        await pupil.ClickAsync("hand");
        await Assertions.Expect(phone.Page.GetByText("Hand up")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-hand");
        await LookOnAsync(sendco, robot, lesson);
        await phone.SendAsync("I have seen the hand");
        await Assertions.Expect(phone.Page.GetByText("The pupil knows that you have seen their hand.")).ToBeVisibleAsync();
        await Assertions.Expect(pupil.Page.GetByText("Your teacher has seen your hand.")).ToBeVisibleAsync();
        Assert.False((await robot.StateAsync()).HandRaised);

        await phone.SendAsync("Draw the curtain");
        await SaysAsync(phone, "The curtain is drawn");
        await Assertions.Expect(pupil.Page.GetByText("Your teacher has drawn the curtain")).ToBeVisibleAsync();
        Assert.True((await robot.StateAsync()).Json.GetProperty("curtainDrawn").GetBoolean());
        await pupil.WaitUntilAsync(async () => !(await robot.StateAsync()).Json.GetProperty("cameraLive").GetBoolean(), Patience, "the camera to close");
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-curtain");
        await Screens.KeepAsync(pupil.Page, "room-curtain-pupil");
        await phone.SendAsync("Lift the curtain");
        await SaysAsync(phone, "Live now");
        await pupil.WaitUntilAsync(async () => (await robot.StateAsync()).Json.GetProperty("cameraLive").GetBoolean(), Patience, "the camera to open");

        await PressAsync(robot, "curtain"); // whoever stands beside the robot has the last word
        await SaysAsync(phone, "The curtain is drawn");
        await Assertions.Expect(phone.Page.GetByText("drawn at the robot: its button lifts it")).ToBeVisibleAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Lift the curtain" })).ToBeHiddenAsync();
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-curtain-at-robot");
        await PressAsync(robot, "curtain");
        await SaysAsync(phone, "Live now");

        await phone.Page.GetByText("Go on longer").ClickAsync();
        await phone.SendAsync("Put off the end");
        Assert.Contains("Choose how much longer.", await phone.ProblemsAsync(), StringComparison.Ordinal);
        await phone.TickAsync("5 minutes");
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-longer");
        await phone.SendAsync("Put off the end");
        await Assertions.Expect(phone.Page.GetByText("The end is put off.")).ToBeVisibleAsync();

        await phone.Page.GetByText("End the session").ClickAsync();
        await phone.TickAsync("The lesson is over");
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-end");
        await phone.SendAsync("End it now");
        await SaysAsync(phone, "Over");
        await phone.SeesAsync($"in {lesson.Room}, a pupil", "room-over");
        await Assertions.Expect(pupil.Page.Locator("body[data-screen=end]")).ToBeVisibleAsync(new() { Timeout = 10_000 });

        await phone.Page.GotoAsync(new Uri(office.Url, "/staff/room").ToString());
        await phone.SendAsync("Close it on this phone now");
        await phone.SeesAsync("This room is closed", "room-left");
        await phone.Page.GotoAsync(link); // scanned once more
        await phone.Page.Locator(".card", new() { HasText = robot.Name }).GetByRole(AriaRole.Link).ClickAsync();
        await SaysAsync(phone, "Over");

        await CloseLinkAsync(sendco);
        await phone.FollowAsync("Refresh"); // of a session that is over, the page asks no more by itself
        await phone.SeesAsync("This room link has ended", "room-ended");
        await phone.Page.GotoAsync(link);
        await phone.SeesAsync("This room link has ended", "room-ended");
        Assert.Empty(phone.Errors.Concat(sendco.Errors));
    }

    [Fact]
    public async Task Without_scripts_the_page_is_refreshed_by_hand_and_the_curtain_still_falls()
    {
        await using var office = await StaffOffice.OpenAsync();
        var robot = await office.RobotAsync();
        var lesson = await office.LessonAsync(robot);
        await using var sendco = await StaffBrowser.LaunchAsync();
        await sendco.AcceptAsync(await office.InviteAsync(office.People.First(person => person.Role == "Sendco" && person.School == lesson.School), "sendco@school.example"), Password);
        var link = await MakeLinkAsync(sendco, lesson);
        var context = await sendco.Page.Context.Browser!.NewContextAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await context.NewPageAsync();

        await page.GotoAsync(link);
        await page.Locator(".card", new() { HasText = robot.Name }).GetByRole(AriaRole.Link).ClickAsync();
        foreach (var check in (string[])["Its battery lasts for the lesson", "Its lights say that it is connected", "Its sound is heard"]) await page.GetByLabel(check).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Placed and ready" }).ClickAsync();
        await using var pupil = await PupilPage.LaunchAsync();
        await pupil.JoinAsync(lesson.Link, Patience);
        await page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Live now")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw the curtain" }).ClickAsync();

        await Assertions.Expect(page.Locator(".headline")).ToHaveTextAsync("The curtain is drawn");
        await Assertions.Expect(pupil.Page.GetByText("Your teacher has drawn the curtain")).ToBeVisibleAsync();
        await context.CloseAsync();
    }

    private static async Task<string> MakeLinkAsync(StaffBrowser sendco, StaffOffice.Lesson lesson)
    {
        await sendco.FollowAsync("Today");
        await sendco.SeesAsync("Today", "staff-today");
        await Assertions.Expect(sendco.Page.GetByText($"in {lesson.Room}").First).ToBeVisibleAsync();
        await sendco.FollowAsync("Make a room link for a supply teacher");
        await sendco.SendAsync("Make the link");
        await sendco.SaysAsync("Choose the room.");
        await sendco.SeesAsync("Room links", "staff-room-link-errors");
        await sendco.ChooseAsync("Which room?", lesson.Room);
        await sendco.SendAsync("Make the link");
        await Assertions.Expect(sendco.Page.GetByAltText("QR code of the room link")).ToBeVisibleAsync();
        await sendco.SeesAsync("Room links", "staff-room-link");
        return (await sendco.Page.GetByRole(AriaRole.Link, new() { Name = "open the room" }).GetAttributeAsync("href"))!; // just seen
    }

    /// <summary>With an account, from their desk: who is not in the room sees the hand, and leaves it to who is.</summary>
    private static async Task LookOnAsync(StaffBrowser sendco, RobotProcess robot, StaffOffice.Lesson lesson)
    {
        await sendco.FollowAsync("Today");
        await sendco.Page.Locator(".card", new() { HasText = robot.Name }).GetByRole(AriaRole.Link).First.ClickAsync();
        await SaysAsync(sendco, "Live now");
        await Assertions.Expect(sendco.Page.GetByText("Hand up")).ToBeVisibleAsync();
        await Assertions.Expect(sendco.Page.GetByRole(AriaRole.Button, new() { Name = "I have seen the hand" })).ToBeHiddenAsync();
        await sendco.SeesAsync($"in {lesson.Room}, a pupil", "staff-live");
    }

    private static async Task CloseLinkAsync(StaffBrowser sendco)
    {
        await sendco.FollowAsync("Room links");
        await sendco.Page.GetByRole(AriaRole.Button, new() { Name = "Close it now" }).First.ClickAsync();
        await Assertions.Expect(sendco.Page.GetByText("The link is closed.")).ToBeVisibleAsync();
        await sendco.SeesAsync("Room links", "staff-room-link-closed");
    }

    /// <summary>The line at the top, once the page has come to say it.</summary>
    private static Task SaysAsync(StaffBrowser phone, string headline) =>
        Assertions.Expect(phone.Page.Locator(".headline")).ToHaveTextAsync(headline, new() { Timeout = 15_000 });

    private static async Task PressAsync(RobotProcess robot, string button)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(robot.Page, button), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
