using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>Two sessions on one relay know nothing of each other.</summary>
[Collection(Calls.Name)]
public sealed class TwoClassroomsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Two_robots_and_two_pupils_never_mix()
    {
        const double FirstRoomHz = 700, SecondRoomHz = 1_100, FirstPupilHz = 440, SecondPupilHz = 587;
        await using var classroom = await Classroom.StartAsync();
        var firstRobot = await classroom.AddRobotAsync("first", FirstRoomHz);
        var secondRobot = await classroom.AddRobotAsync("second", SecondRoomHz);
        await using var firstPupil = await PupilPage.LaunchAsync(FirstPupilHz);
        await using var secondPupil = await PupilPage.LaunchAsync(SecondPupilHz);
        await firstPupil.JoinAsync(await classroom.LinkAsync("first"), Patience);
        await secondPupil.JoinAsync(await classroom.LinkAsync("second"), Patience);
        await firstPupil.ListenForAsync(FirstRoomHz, SecondRoomHz);
        await secondPupil.ListenForAsync(FirstRoomHz, SecondRoomHz);
        await DemoCheck.SpeakAsync(firstPupil);
        await DemoCheck.SpeakAsync(secondPupil);

        // Each hears its own classroom …
        await firstPupil.WaitUntilAsync(async () => await firstPupil.HeardShareAsync(FirstRoomHz) > PupilPage.Heard, Patience, "the first classroom's chime");
        await secondPupil.WaitUntilAsync(async () => await secondPupil.HeardShareAsync(SecondRoomHz) > PupilPage.Heard, Patience, "the second classroom's chime");
        // … is heard in it …
        await firstPupil.WaitUntilAsync(async () => Near((await firstRobot.StateAsync()).SpeakerToneHz, FirstPupilHz), Patience, "the first pupil's tone at the first robot");
        await secondPupil.WaitUntilAsync(async () => Near((await secondRobot.StateAsync()).SpeakerToneHz, SecondPupilHz), Patience, "the second pupil's tone at the second robot");
        // … and turns its own head and raises its own hand.
        await firstPupil.WaitForStillHeadAsync(Patience);
        var secondPan = (await secondRobot.StateAsync()).Pan;
        await firstPupil.MeasureControlToPhotonAsync("ArrowLeft", Patience);
        await firstPupil.ClickAsync("hand");
        await firstPupil.WaitUntilAsync(async () => (await firstRobot.StateAsync()).HandRaised, Patience, "the first robot's hand");

        await firstPupil.WaitForStillHeadAsync(Patience);
        Assert.Equal(secondPan, (await secondRobot.StateAsync()).Pan, tolerance: 0.01);
        // Each sees through its own robot's eyes.
        Assert.Equal((await firstRobot.StateAsync()).Pan, (await firstPupil.NewestAsync())!.Pan, tolerance: 0.1);
        Assert.Equal(secondPan, (await secondPupil.NewestAsync())!.Pan, tolerance: 0.1);
        Assert.True(Math.Abs((await firstRobot.StateAsync()).Pan - secondPan) > 1, "The first head has not turned.");
        Assert.False((await secondRobot.StateAsync()).HandRaised);
        Assert.InRange(await firstPupil.HeardShareAsync(SecondRoomHz), 0, PupilPage.Heard);
        Assert.InRange(await secondPupil.HeardShareAsync(FirstRoomHz), 0, PupilPage.Heard);
        Assert.False(Near((await firstRobot.StateAsync()).SpeakerToneHz, SecondPupilHz));
        Assert.False(Near((await secondRobot.StateAsync()).SpeakerToneHz, FirstPupilHz));
    }

    private static bool Near(double measuredHz, double expectedHz) => Math.Abs(measuredHz - expectedHz) < 15;
}
