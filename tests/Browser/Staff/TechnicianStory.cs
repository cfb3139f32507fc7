using AV1Relay.Tests.Rig;
using Microsoft.Playwright;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>A technician's round: which robot needs somebody, out of service and back, a code for a new one, one retired for good.</summary>
public sealed class TechnicianStory
{
    private const string Password = "brass otter umbrella";

    [Fact]
    public async Task A_technician_looks_after_the_schools_robots()
    {
        await using var office = await StaffOffice.OpenAsync();
        var robot = await office.RobotAsync();
        var lesson = await office.LessonAsync(robot); // it belongs to the school from now on
        await using var staff = await StaffBrowser.LaunchAsync();
        await staff.AcceptAsync(await office.InviteAsync(await office.TechnicianAsync(), "technician@school.example"), Password);

        await staff.ChooseAsync("School", lesson.School);
        await staff.SendAsync("Show");
        await staff.FollowAsync("Robots");
        await staff.SeesAsync("Robots", "staff-fleet");
        await Assertions.Expect(staff.Page.Locator(".card", new() { HasText = robot.Name }).First).ToContainTextAsync("It is connected");

        await staff.FollowAsync(robot.Name);
        await staff.SeesAsync(robot.Name, "staff-robot");
        await staff.SendAsync("Take it out of service");
        await staff.SaysAsync("Say what is wrong, in a few words.");
        await staff.FillAsync("What is wrong with it?", "The head does not turn.");
        await staff.SendAsync("Take it out of service");
        await staff.SeesAsync(robot.Name, "staff-robot-out");
        await Assertions.Expect(staff.Page.GetByText("Out of service: The head does not turn.")).ToBeVisibleAsync();
        await staff.SendAsync("Return it to service");
        await Assertions.Expect(staff.Page.GetByText("It is back in service.")).ToBeVisibleAsync();

        await staff.FollowAsync("Move it to another school");
        await staff.SendAsync("Move it");
        await staff.SaysAsync("Choose the school that it goes to.");
        await staff.Page.GetByLabel("Which school?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await staff.SeesAsync($"Move {robot.Name} to another school", "staff-robot-move");
        await staff.SendAsync("Move it");
        await staff.SaysAsync("has sessions booked with it");
        await staff.FollowAsync("Leave it where it is");
        await staff.FollowAsync("Retire it for good");
        await staff.SendAsync("Retire it");
        await staff.SaysAsync("Tick the box if you are sure.");
        await staff.SeesAsync($"Retire {robot.Name}", "staff-robot-retire");
        await staff.TickAsync($"Yes, retire {robot.Name} for good");
        await staff.SendAsync("Retire it");
        await Assertions.Expect(staff.Page.GetByText("The robot is retired")).ToBeVisibleAsync();
        Assert.Equal(0, await staff.Page.GetByRole(AriaRole.Link, new() { Name = robot.Name, Exact = true }).CountAsync());

        await staff.FillAsync("How many codes?", "0");
        await staff.SendAsync("Make codes");
        await staff.SaysAsync("Enter a number from 1 to 100.");
        await staff.FillAsync("How many codes?", "2");
        await staff.SendAsync("Make codes");
        await Assertions.Expect(staff.Page.Locator(".codes-wide code")).ToHaveCountAsync(2);
        await staff.SeesAsync("Robots", "staff-fleet-codes");
        await staff.FollowAsync("Today");
        await staff.SeesAsync("Today", "staff-today-technician");
        Assert.Empty(staff.Errors);
    }
}
