using System.CommandLine;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.Benchmarks.Video;

/// <summary>The command line of <c>video</c>.</summary>
internal static class VideoCommand
{
    public static Command Create()
    {
        var pictures = new Option<int>("--pictures") { Description = "So many of each step, in six rounds of which the best counts.", DefaultValueFactory = _ => 900 };
        var video = new Command("video", "Processor time of each step from the camera's bytes to protected packets: the robot's budget, as far as this machine can say.") { pictures };
        video.SetAction(arguments =>
        {
            Console.WriteLine("| Step | a picture or packet, ms | a second | % of a core here | Pi 5 (×3) | Pi 4 (×5) |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
            foreach (var format in (VideoFormat[])[VideoFormat.Small, VideoFormat.Hd])
            {
                foreach (var step in VideoBudget.Measure(format, arguments.GetValue(pictures))) Console.WriteLine(step);
            }

            foreach (var step in VideoBudget.MeasureSound(arguments.GetValue(pictures))) Console.WriteLine(step);
        });
        return video;
    }
}
