using System.CommandLine;

namespace AV1Relay.Benchmarks.Sound;

/// <summary>The command line of <c>sound</c>.</summary>
internal static class SoundCommands
{
    public static Command Create()
    {
        var sound = new Command("sound", "Echo cancelling in simulated rooms: how much echo is left when, what becomes of whoever speaks near, and time a frame.");
        sound.SetAction(_ =>
        {
            SoundBenchmark.Run(Console.Out);
            return 0;
        });
        return sound;
    }
}
