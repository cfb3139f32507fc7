namespace AV1Relay.Tests.Rig;

/// <summary>What <c>demo.sh --check</c> prints: figures in ms, and what was seen to work.</summary>
public sealed record DemoCheckResult(
    bool Ok, long FramesDecoded, Latency GlassToGlassMs, Latency ControlToPhotonMs, double JoinMs, bool AudioToPage, bool AudioToRobot, bool HandRaised);

public sealed record Latency(double P50, double P95);

/// <summary>The smoke test of the main job: see, hear, be heard, turn the head, raise a hand.</summary>
public static class DemoCheck
{
    private const double PupilToneHz = 523;
    private const double ClassroomToneHz = 880;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="link">The pupil's link.</param>
    /// <param name="robotPage">The robot's own page.</param>
    /// <exception cref="TimeoutException">Something did not come to pass; the message says what.</exception>
    public static async Task<DemoCheckResult> RunAsync(string link, Uri robotPage)
    {
        using var http = new HttpClient();
        await using var pupil = await PupilPage.LaunchAsync(PupilToneHz);
        await pupil.JoinAsync(link, Patience);
        await pupil.ListenForAsync(ClassroomToneHz);

        await pupil.WaitUntilAsync(async () => (await pupil.ReadingsAsync()).Count > 60, Patience, "two seconds of frames");

        var control = new List<double>();
        foreach (var key in (string[])["ArrowLeft", "ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft"])
        {
            await pupil.WaitForStillHeadAsync(Patience);
            control.Add(await pupil.MeasureControlToPhotonAsync(key, Patience));
        }

        await pupil.ClickAsync("hand");
        var handRaised = await SeenAsync(async () => (await RobotState.ReadAsync(http, robotPage, CancellationToken.None)).HandRaised);
        var audioToPage = await SeenAsync(async () => await pupil.HeardShareAsync(ClassroomToneHz) > PupilPage.Heard);
        await SpeakAsync(pupil);
        var audioToRobot = await SeenAsync(async () => Math.Abs((await RobotState.ReadAsync(http, robotPage, CancellationToken.None)).SpeakerToneHz - PupilToneHz) < 15);

        // The first second has the join in it; what the pupil lives with comes after.
        var readings = await pupil.ReadingsAsync();
        var framesDecoded = (await pupil.VideoStatisticsAsync()).GetProperty("framesDecoded").GetInt64();
        var glass = Percentiles.Of(readings.Skip(30).Select(reading => reading.GlassToGlassMs));
        var photon = Percentiles.Of(control);
        return new(
            handRaised && audioToPage && audioToRobot, framesDecoded, new(glass.P50, glass.P95), new(photon.P50, photon.P95),
            Math.Round(pupil.JoinMs), audioToPage, audioToRobot, handRaised);
    }

    /// <summary>Opens the microphone as the page has it: a press where it is closed, nothing where it is open.</summary>
    public static async Task SpeakAsync(PupilPage pupil)
    {
        var button = pupil.Page.Locator("[data-action=mic]").First;
        if (await button.GetAttributeAsync("aria-pressed") != "true") await button.ClickAsync();
    }

    private static async Task<bool> SeenAsync(Func<Task<bool>> condition)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < Patience)
        {
            if (await condition()) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return false;
    }
}
