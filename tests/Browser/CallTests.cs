using AV1Relay.Hardware.Camera;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>The main job: a pupil opens a link and is in the classroom. Everything is read off the pupil's screen and the robot's page.</summary>
[Collection(Calls.Name)]
public sealed class CallTests(CallFixture call) : IClassFixture<CallFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Frames_decode_and_the_clock_strip_advances()
    {
        var first = await call.Pupil.NewestAsync();
        await call.Pupil.WaitUntilAsync(async () => (await call.Pupil.NewestAsync())!.CapturedAt > first!.CapturedAt + 2_000, Patience, "two more seconds of picture");

        var readings = (await call.Pupil.ReadingsAsync()).Where(reading => reading.CapturedAt > first!.CapturedAt).ToList();
        // 30 a second, with slack for a busy machine. A page that is called late reads the next frame's pixels twice: same, never older.
        Assert.InRange(readings.Select(reading => reading.Counter).Distinct().Count(), 40, 80);
        Assert.All(readings.Zip(readings.Skip(1)), pair => Assert.True(pair.Second.CapturedAt >= pair.First.CapturedAt, "The picture's clock went back."));
        Assert.Equal((640, 360), (readings[^1].Width, readings[^1].Height));
    }

    [Fact]
    public async Task Turning_the_head_moves_the_picture_and_the_robot()
    {
        await call.Pupil.WaitForStillHeadAsync(Patience);
        var before = await call.Pupil.NewestAsync();

        await call.Pupil.MeasureControlToPhotonAsync("ArrowLeft", Patience);
        await call.Pupil.WaitForStillHeadAsync(Patience);

        var after = await call.Pupil.NewestAsync();
        Assert.True(after!.Pan > before!.Pan + 1, $"Left is positive: {before.Pan:F1}° became {after.Pan:F1}°.");
        Assert.Equal(after.Pan, (await call.Robot.StateAsync()).Pan, tolerance: 0.5);
    }

    [Fact]
    public async Task A_preset_turns_the_head_to_the_board()
    {
        await TurnToAsync("preset-teacher", ClassroomPresets.Teacher.Pan);
        await TurnToAsync("preset-board", ClassroomPresets.Board.Pan);
    }

    [Fact]
    public async Task A_place_that_the_pupil_shows_is_found_again()
    {
        await TurnToAsync("preset-teacher", ClassroomPresets.Teacher.Pan);
        await call.Pupil.WaitForStillHeadAsync(Patience);
        await call.Pupil.ClickAsync("show-place");
        await call.Pupil.ClickAsync("preset-buddy"); // who has sat down beside the teacher
        await TurnToAsync("preset-board", ClassroomPresets.Board.Pan);

        await TurnToAsync("preset-buddy", ClassroomPresets.Teacher.Pan);
    }

    [Fact]
    public async Task Turning_gently_is_a_wish_that_the_robot_takes()
    {
        await call.Pupil.ClickAsync("gently");
        await call.Pupil.WaitUntilAsync(
            async () => (await call.Robot.StateAsync()).Json.GetProperty("headSpeed").GetString() == "gentle", Patience, "the robot to turn gently");
        await call.Pupil.ClickAsync("gently");
    }

    private async Task TurnToAsync(string preset, double panDegrees)
    {
        await call.Pupil.ClickAsync(preset);
        await call.Pupil.WaitUntilAsync(
            async () => Math.Abs((await call.Pupil.NewestAsync())!.Pan - panDegrees) < 1, Patience, $"the picture to show the head at {panDegrees}° for {preset}"); // frames come
    }

    [Fact]
    public async Task The_pupils_voice_arrives_at_the_robots_speaker()
    {
        await DemoCheck.SpeakAsync(call.Pupil);

        await call.Pupil.WaitUntilAsync(
            async () => Math.Abs((await call.Robot.StateAsync()).SpeakerToneHz - CallFixture.PupilToneHz) < 15, Patience, "the pupil's tone at the robot's speaker");
    }

    [Fact]
    public async Task The_classrooms_sound_arrives_in_the_page()
    {
        await call.Pupil.ListenForAsync(CallFixture.ClassroomToneHz);

        await call.Pupil.WaitUntilAsync(async () => await call.Pupil.HeardShareAsync(CallFixture.ClassroomToneHz) > PupilPage.Heard, Patience, "the classroom's chime in the page");
    }

    [Fact]
    public async Task A_raised_hand_shows_on_the_robot_until_it_is_lowered()
    {
        await call.Pupil.ClickAsync("hand");
        await call.Pupil.WaitUntilAsync(async () => (await call.Robot.StateAsync()).HandRaised, Patience, "the hand on the robot");
        Assert.Equal("handRaised", (await call.Robot.StateAsync()).Json.GetProperty("lights").GetString());

        await call.Pupil.ClickAsync("hand");
        await call.Pupil.WaitUntilAsync(async () => !(await call.Robot.StateAsync()).HandRaised, Patience, "the hand to go down");
    }
}
