using System.Globalization;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>How soon the devices are closed, measured inside of the emulated robot.</summary>
internal static class Figures
{
    private const int Times = 20;

    public static async Task PrintAsync(TextWriter output)
    {
        var lesson = new LessonOnRealDevices();
        await using (lesson)
        {
            await lesson.InitializeAsync();
            await output.WriteLineAsync("ms from the contact until the kernel has closed camera and microphone (aim: at most 200)");
            await output.WriteLineAsync("| | median | longest |\n| --- | --- | --- |");
            foreach (var (button, back) in new (string, string[])[] { ("curtain", ["press", "curtain"]), ("switch", ["switch", "open"]) })
            {
                var elapsed = new List<double>();
                for (var i = 0; i < Times; i++)
                {
                    await lesson.WaitUntilLiveAsync();
                    elapsed.Add(await lesson.Robot.AskAsync<double>("closing", "agent", button));
                    await lesson.WaitForSignAsync("privacy");
                    await lesson.Robot.DoAsync(back);
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {button}, {Times} times | {Percentiles.Of(elapsed).P50:0} | {elapsed.Max():0} |"));
            }
        }
    }
}
