using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Body;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<Uri?> Relay(bool required) => new("--relay")
    {
        Description = "Address of the relay's pages, such as https://relay.example.org; the rest is found there.",
        HelpName = "URL",
        Required = required,
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            ? url
            : Fail<Uri?>(result, $"--relay is an http or https URL, not '{result.Tokens[0].Value}'."),
    };

    public static Option<string?> State(bool required) => new("--state")
    {
        Description = "Folder of this robot's key and certificates; made when it is not there, readable by its owner alone.",
        HelpName = "DIR",
        Required = required,
    };

    public static Option<bool> Simulate() => new("--simulate") { Description = "A simulated body (head, lights, buttons); takes part in sessions for tests." };

    public static Option<InputName?> Camera() => Input("--camera", "test (the virtual classroom; usual), or a device, file or URL that FFmpeg opens.");

    public static Option<InputName?> Microphone() => Input("--microphone", "test or test:HERTZ (the virtual classroom and its chime; usual), or a device, file or URL that FFmpeg opens.");

    public static Option<string?> Speaker() => new("--speaker")
    {
        Description = "An ALSA device (aplay -L lists them), meter (level and tone on the robot's page, in memory only) or none. Usually: meter with --simulate, otherwise default.",
        HelpName = "Y",
    };

    public static Option<VideoFormat?> Size() => new("--size")
    {
        Description = "Of the picture: 640x360 or 1280x720 (usual).",
        HelpName = "WxH",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "640x360" => VideoFormat.Small,
            "1280x720" => VideoFormat.Hd,
            var other => Fail<VideoFormat?>(result, $"--size is 640x360 or 1280x720, not '{other}'."),
        },
    };

    public static Option<VideoCodec?> Codec() => new("--codec")
    {
        Description = "h264 or vp8; usually h264, and vp8 where the pupil's device needs it.",
        HelpName = "h264|vp8",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "h264" => VideoCodec.H264,
            "vp8" => VideoCodec.Vp8,
            var other => Fail<VideoCodec?>(result, $"--codec is h264 or vp8, not '{other}'."),
        },
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static T Fail<T>(ArgumentResult result, string words)
    {
        result.AddError(words);
        return default!; // never read: the command does not run
    }

    /// <summary>An address and a port; a port alone is on loopback.</summary>
    public static bool TryParseEndpoint(string text, out IPEndPoint endpoint)
    {
        endpoint = new(IPAddress.Loopback, 0);
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            endpoint.Port = port;
            return true;
        }

        text = text.Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal);
        return text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out endpoint!);
    }

    private static Option<InputName?> Input(string option, string description) => new(option)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => InputName.TryParse(result.Tokens[0].Value, out var name)
            ? name
            : Fail<InputName?>(result, $"{option} test:HERTZ takes a tone between 100 and 8000, not '{result.Tokens[0].Value}'."),
    };
}
