using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>Pictures of the pages as people see them, for somebody to look at; the README's come from here.</summary>
[Collection(Calls.Name)]
public sealed class ScreensTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_pages_are_pictured_at_tablet_and_desktop_size()
    {
        await using var classroom = await Classroom.StartAsync();
        var robot = await classroom.AddRobotAsync("lesson", 880, "--size", "1280x720");
        await using var pupil = await PupilPage.LaunchAsync();
        var link = await classroom.LinkAsync("lesson");
        await pupil.Page.GotoAsync(link);
        await pupil.Page.Locator("[data-action=join]").WaitForAsync();
        await Screens.KeepAsync(pupil.Page, "pupil-join");

        await pupil.JoinAsync(link, Patience);
        await pupil.ClickAsync("hand");
        await pupil.WaitUntilAsync(async () => (await robot.StateAsync()).HandRaised, Patience, "the hand on the robot");
        await pupil.ClickAsync("preset-board");
        await pupil.WaitUntilAsync(async () => (await pupil.NewestAsync())!.Tilt > 3, Patience, "the head to look up at the board");
        await pupil.WaitForStillHeadAsync(Patience);
        Assert.Equal(1280, (await pupil.NewestAsync())!.Width);
        await Screens.KeepAsync(pupil.Page, "pupil-live");

        await pupil.Page.SetViewportSizeAsync(800, 1280);
        await Screens.KeepAsync(pupil.Page, "pupil-live-portrait");

        var robotPage = await pupil.Page.Context.NewPageAsync();
        await robotPage.SetViewportSizeAsync(1024, 768);
        await robotPage.GotoAsync(robot.Page.ToString());
        await robotPage.GetByText("hand", new() { Exact = false }).First.WaitForAsync();
        await Screens.KeepAsync(robotPage, "robot");
    }
}
