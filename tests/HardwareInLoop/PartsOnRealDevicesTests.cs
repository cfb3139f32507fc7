using Xunit;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>The drivers as the agent's self-test finds them, each on a device of the kernel's.</summary>
[Collection(Lesson.Name)]
public sealed class PartsOnRealDevicesTests(LessonOnRealDevices lesson)
{
    [Theory]
    [InlineData("camera", "640 × 360")] // vivid through V4L2
    [InlineData("microphone", "Hears")] // ALSA loopback
    [InlineData("speaker", "tone")]
    [InlineData("head", "Answers and nods")] // two servos on a serial line of the kernel's
    [InlineData("switch and buttons", "gives camera and speakerphone")] // gpio-sim through libgpiod
    [InlineData("battery", "41 %, 3.71 V")] // MAX17048 on i2c-stub
    public void A_part_of_the_reference_robot_answers(string part, string words)
    {
        var finding = lesson.Reference[part];
        Assert.True(finding.Grade != "bad", finding.Words);
        Assert.Contains(words, finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ring_takes_every_sign() => Assert.Equal("note", lesson.Reference["lights"].Grade); // spidev; LEDs answer nothing

    [Fact]
    public void The_other_gauge_answers() => Assert.Contains("7.60 V", lesson.WithServoBoard["battery"].Words, StringComparison.Ordinal); // INA219 on i2c-stub

    [Fact]
    public void A_button_whose_line_another_program_has_is_named_and_the_privacy_switch_goes_on()
    {
        var finding = lesson.WithServoBoard["switch and buttons"];
        Assert.Equal("bad", finding.Grade);
        Assert.Contains("button for louder on GPIO line", finding.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("privacy switch on", finding.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing goes live", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_servo_board_holds_both_servos_near_their_middle()
    {
        Assert.Contains("board answers", lesson.WithServoBoard["head"].Words, StringComparison.Ordinal);
        Assert.All(lesson.PulsesWithServoBoard, pulse => Assert.InRange(pulse ?? 0, 250, 370)); // 1.5 ms of 20 is 307 steps of 4,096; tilt's range is not symmetric
    }
}
