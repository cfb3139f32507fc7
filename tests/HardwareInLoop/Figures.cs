using System.Globalization;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>How soon the devices are closed, measured inside of the emulated robot.</summary>
internal static class Figures
{
    private const int Times = 40;
    private const double AimMs = 200;

    public static async Task PrintAsync(TextWriter output)
    {
        var lesson = new LessonOnRealDevices();
        await using (lesson)
        {
            await lesson.InitializeAsync();
            await output.WriteLineAsync($"ms from the contact until the kernel has closed camera and microphone (aim: at most {AimMs})");
            await output.WriteLineAsync("| | median | p90 | longest | over the aim | the core idle |\n| --- | --- | --- | --- | --- | --- |");
            var slow = new List<string>();
            foreach (var (button, back) in new (string, string[])[] { ("curtain", ["press", "curtain"]), ("switch", ["switch", "open"]) })
            {
                var elapsed = new List<double>();
                var before = await TimesAsync(lesson);
                for (var i = 0; i < Times; i++)
                {
                    await lesson.WaitUntilLiveAsync();
                    var closing = await lesson.Robot.AskAsync<Closing>("closing", "agent", button) ?? throw new InvalidOperationException("The workbench did not say.");
                    elapsed.Add(closing.Ms);
                    if (closing.Ms > AimMs) slow.Add(string.Create(CultureInfo.InvariantCulture, $"{button}, time {i + 1}: {closing.Last} after {closing.Ms:0} ms, {closing.LongestGapMs:0} of them without anybody running"));
                    await lesson.WaitForSignAsync("privacy");
                    await lesson.Robot.DoAsync(back);
                }

                var after = await TimesAsync(lesson);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {button}, {Times} times | {Percentiles.Of(elapsed).P50:0} | {elapsed.Order().ElementAt(Times * 9 / 10):0} | {elapsed.Max():0} | {elapsed.Count(ms => ms > AimMs)} | {(after[1] - before[1]) / (after[0] - before[0]):P0} |"));
            }

            foreach (var line in slow) await output.WriteLineAsync(line);
        }
    }

    /// <summary>Seconds since the emulated computer was switched on, and those of them in which it had nothing to do.</summary>
    private static async Task<double[]> TimesAsync(LessonOnRealDevices lesson) => await lesson.Robot.AskAsync<double[]>("times") ?? [0, 0];
}
