using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Latency;

/// <summary>The loopback demo, measured from outside: the pupil's screen, the relay's and the robot's own figures.</summary>
public static class LatencyBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="watch">How long to read the picture.</param>
    /// <param name="joins">How many fresh browsers to join with; the last one is measured further.</param>
    /// <param name="budgets">What the stages are held against.</param>
    /// <param name="cancellationToken">Ends the run; everything it started is stopped.</param>
    public static async Task<LatencyReport> RunAsync(TimeSpan watch, int joins, LatencyBudgets budgets, CancellationToken cancellationToken)
    {
        await using var classroom = await Classroom.StartAsync();
        var robot = await classroom.AddRobotAsync("bench");
        using var http = new HttpClient();

        var joinMs = new List<double>();
        PupilPage? pupil = null;
        try
        {
            for (var i = 0; i < joins; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (pupil is not null)
                {
                    await pupil.LeaveAsync();
                    await pupil.DisposeAsync();
                }

                pupil = await PupilPage.LaunchAsync();
                await pupil.JoinAsync(await classroom.LinkAsync("bench"), Patience);
                joinMs.Add(pupil.JoinMs);
            }

            return await WatchAsync(pupil!, robot, classroom, http, watch, joinMs, budgets, cancellationToken);
        }
        finally
        {
            if (pupil is not null) await pupil.DisposeAsync();
        }
    }

    private static async Task<LatencyReport> WatchAsync(
        PupilPage pupil, RobotProcess robot, Classroom classroom, HttpClient http, TimeSpan watch, List<double> joinMs, LatencyBudgets budgets,
        CancellationToken cancellationToken)
    {
        // The first seconds hold the join, the browser's warm-up and the relay's compilation.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        await pupil.Page.EvaluateAsync("window.stripReadings.length = 0, window.unreadableStrips = 0");
        var statisticsBefore = await pupil.VideoStatisticsAsync();
        await Task.Delay(watch, TimeProvider.System, cancellationToken);
        var readings = await pupil.ReadingsAsync();
        var unreadable = await pupil.Page.EvaluateAsync<double>("window.unreadableStrips");
        var statistics = await pupil.VideoStatisticsAsync();
        var encodeMs = (await robot.StateAsync()).Json.GetProperty("encodeMsP50").GetDouble();
        var relayAdded = await RelayLatency.ReadAsync(http, classroom.RelayUrl, cancellationToken);

        var control = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            await pupil.WaitForStillHeadAsync(Patience);
            control.Add(await pupil.MeasureControlToPhotonAsync(i % 2 == 0 ? "ArrowLeft" : "ArrowRight", Patience));
        }

        var glass = Percentiles.Of(readings.Select(reading => reading.GlassToGlassMs));
        var toBrowser = Percentiles.Of(readings.Where(r => r.ReceivedAt > 0).Select(r => r.ReceivedAt - r.CapturedAt)).P50;
        var buffer = PerFrameMs("jitterBufferDelay", "jitterBufferEmittedCount");
        var decode = PerFrameMs("totalDecodeTime", "framesDecoded");
        Stage[] stages =
        [
            Named("capture and encode", encodeMs),
            Named("packetise, protect, loopback", Math.Max(0, toBrowser - encodeMs - relayAdded.P50)),
            Named("relay", relayAdded.P50),
            Named("browser buffer", buffer),
            Named("decode", decode),
            Named("compositor and display", Math.Max(0, glass.P50 - toBrowser - buffer - decode)),
        ];
        return new(
            glass, Percentiles.Of(control), relayAdded, Percentiles.Of(joinMs), stages,
            Math.Round(100 * unreadable / Math.Max(1, unreadable + readings.Count), 2));

        Stage Named(string name, double p50) => new(name, Math.Round(p50, 2), budgets.Stages[name]);

        double PerFrameMs(string sum, string count)
        {
            var frames = Difference(count);
            return frames > 0 ? 1000 * Difference(sum) / frames : 0;
        }

        double Difference(string name) => statistics.GetProperty(name).GetDouble() - statisticsBefore.GetProperty(name).GetDouble();
    }
}
