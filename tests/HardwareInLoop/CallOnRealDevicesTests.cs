using System.Globalization;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>The lesson as pupil and class have it. Everything is read off the far side of a kernel device or the pupil's screen.</summary>
[Collection(Lesson.Name)]
public sealed class CallOnRealDevicesTests(LessonOnRealDevices lesson)
{
    private static readonly TimeSpan Patience = LessonOnRealDevices.Patience;

    [Fact]
    public async Task The_pupil_sees_what_the_camera_shows()
    {
        await lesson.WaitForPictureAsync();
        var bars = await lesson.PictureAsync(columns: 8, height: 0.75);
        // vivid's usual pattern, 75 % colour bars: white, yellow, cyan, green, magenta, red, blue, black.
        Assert.Equal(["rgb", "rg-", "-gb", "-g-", "r-b", "r--", "--b", "---"], bars.Select(Describe));
    }

    [Fact]
    public async Task The_pupil_hears_the_class()
    {
        await lesson.Pupil.ListenForAsync(LessonOnRealDevices.ClassroomToneHz);
        await lesson.Pupil.WaitUntilAsync(async () => await lesson.Pupil.HeardShareAsync(LessonOnRealDevices.ClassroomToneHz) > PupilPage.Heard, Patience, "the chime in the page");
    }

    [Fact]
    public async Task The_class_hears_the_pupil()
    {
        await DemoCheck.SpeakAsync(lesson.Pupil);
        await lesson.Robot.WaitUntilAsync(
            async () => Math.Abs((await lesson.Robot.AskAsync<Reading>("heard"))!.ToneHz - LessonOnRealDevices.PupilToneHz) < 15, Patience, "the pupil's tone at the speaker");
    }

    [Fact]
    public async Task The_ring_shows_that_somebody_is_there()
    {
        await lesson.WaitForStateAsync(state => state.GetProperty("lights").GetString() == "live", "the live sign");
        Assert.All((await lesson.LightsAsync())!, led => Assert.True(led.Brightness > 0 && led.G > led.R && led.G > led.B, $"{led} is no green."));
        Assert.Equal(2_000_000, await lesson.Robot.AskAsync<int>("lights", "clock"));
    }

    [Fact]
    public async Task The_head_turns_where_the_pupil_looks()
    {
        var before = await lesson.Robot.AskAsync<Servo>("servo", "1");
        await lesson.Pupil.Page.Keyboard.PressAsync("ArrowLeft");
        await lesson.Robot.WaitUntilAsync(async () => Math.Abs((await lesson.Robot.AskAsync<Servo>("servo", "1"))!.Position - before!.Position) > 50, Patience, "the pan servo to move");
        await lesson.WaitForStateAsync(state => Math.Abs(state.GetProperty("pose").GetProperty("pan").GetDouble()) > 4, "the pose that the servo reports");
    }

    [Theory]
    [InlineData("louder", 1)]
    [InlineData("softer", -1)]
    public async Task A_volume_button_changes_the_volume_by_a_step(string button, int steps)
    {
        var before = (await lesson.StateAsync()).GetProperty("volume").GetInt32();
        await lesson.Robot.DoAsync("press", button);
        await lesson.WaitForStateAsync(state => state.GetProperty("volume").GetInt32() == before + steps, $"the volume to go from {before} by {steps}");
    }

    private static string Describe(Rgb colour) => string.Create(CultureInfo.InvariantCulture, $"{(colour.R > 110 ? 'r' : '-')}{(colour.G > 110 ? 'g' : '-')}{(colour.B > 110 ? 'b' : '-')}");
}
