using AV1Relay.Application.Live;
using AV1Relay.Protos.V1;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>What staff wish from their page reaches a real robot, and what the robot says comes back to their page and to the pupil.</summary>
public sealed class StaffsWishesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_curtain_is_drawn_and_lifted_from_a_page_and_the_robots_own_button_stands_above_it()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Duration.FromMinutes(10));
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3 && classroom.Robot.Picture() is { CameraLive: true }, "a picture");
        var live = classroom.Services.GetRequiredService<StaffLive>();

        var drawn = await live.DrawCurtainAsync(lesson.Staff, lesson.Id, drawn: true, Cancelled);
        Assert.True(drawn.Value.Robot is { IsCurtainDrawn: true, IsCurtainAtRobot: false }, string.Join(' ', drawn.Refusals));
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { CurtainDrawn: true, CameraLive: false, MicrophoneLive: false }, "the curtain");
        Assert.True((await ToldAsync(pupil)).Robot.CurtainDrawn);

        Assert.False((await live.DrawCurtainAsync(lesson.Staff, lesson.Id, drawn: false, Cancelled)).Value.Robot!.IsCurtainDrawn);
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { CameraLive: true }, "the picture again");

        classroom.Body.Curtain.Press();
        await TestClassroom.UntilAsync(() => classroom.Services.GetRequiredService<IRobotsNow>().Find(classroom.RobotName) is { IsCurtainAtRobot: true }, "the button");
        var refused = await live.DrawCurtainAsync(lesson.Staff, lesson.Id, drawn: false, Cancelled);
        Assert.Equal("live.curtain-at-robot", Assert.Single(refused.Refusals).Code);
        Assert.True(classroom.Robot.Picture().CurtainDrawn);
    }

    [Fact]
    public async Task A_wish_to_lift_that_overtakes_the_button_is_refused_by_the_robot_itself()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Duration.FromMinutes(10));
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "a picture");
        var robots = classroom.Services.GetRequiredService<IRobotsNow>();

        classroom.Body.Curtain.Press();
        Assert.Null(robots.Send(classroom.RobotName, lesson.Id, RobotWish.LiftCurtain)); // past every check of the relay's

        Assert.False(await robots.WaitAsync(classroom.RobotName, robot => !robot.IsCurtainDrawn && !robot.IsCurtainAtRobot && robot.IsLive, Cancelled)
            && !classroom.Robot.Picture().CurtainDrawn);
        Assert.True(classroom.Robot.Picture().CurtainDrawn);
        Assert.DoesNotContain(classroom.Log, line => line.Contains("grant was refused", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<SessionState> ToldAsync(TestPupil pupil)
    {
        using var watching = pupil.Watch(Cancelled);
        Assert.True(await watching.ResponseStream.MoveNext(Cancelled));
        return watching.ResponseStream.Current;
    }
}
