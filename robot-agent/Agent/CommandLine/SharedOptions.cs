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

    public static Option<string?> Body() => new("--body")
    {
        Description = "A file that says how the real body's parts are connected; without it they are as on the reference robot.",
        HelpName = "FILE",
    };

    public static Option<InputName?> Camera() => Input("--camera", "auto (the one that is plugged in; usual), csi (at a Raspberry Pi's ribbon connector), test (the virtual classroom; usual with --simulate), or a device (/dev/video0), or a file or URL that FFmpeg opens.");

    public static Option<InputName?> Microphone() => Input("--microphone", "auto (the one that is plugged in; usual), test or test:HERTZ (the virtual classroom and its chime; usual with --simulate), or an ALSA device (arecord -L lists them), or a file or URL that FFmpeg opens.");

    public static Option<string?> Speaker() => new("--speaker")
    {
        Description = "auto (the one that is plugged in; usual), an ALSA device (aplay -L lists them), meter (level and tone on the robot's page, in memory only; usual with --simulate) or none.",
        HelpName = "Y",
    };

    public static Option<bool?> Echo() => new("--echo")
    {
        Description = "on or off: take the pupil's own voice, and noise, out of what the microphone hears; usually on, and off in the virtual classroom, where nothing echoes.",
        HelpName = "on|off",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "on" => true,
            "off" => false,
            var other => Fail<bool?>(result, $"--echo is on or off, not '{other}'."),
        },
    };

    public static Option<VideoFormat?> Size() => new("--size")
    {
        Description = "Of the picture: 640x360 or 1280x720; without it the larger one, where this computer encodes it fast enough.",
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

    /// <summary>The simulated body, or the real one that <c>--body</c> describes. The caller disposes it.</summary>
    /// <exception cref="CommandException">Both were asked for, or the file is wrong.</exception>
    public static IRobotBody BodyOf(ParseResult result, Option<string?> body, Option<bool> simulate, TimeProvider time)
    {
        if (!result.GetValue(simulate)) return BodyFile.Open(result.GetValue(body), time);
        return result.GetValue(body) is null
            ? new SimulatedBody(time)
            : throw new CommandException("--simulate and --body are two bodies: leave one of them out.");
    }

    /// <summary>What was asked for; otherwise the virtual classroom for a simulated body, and what is plugged in for a real one.</summary>
    public static InputName InputOf(ParseResult result, Option<InputName?> input, Option<bool> simulate) =>
        result.GetValue(input) ?? (result.GetValue(simulate) ? InputName.Test : InputName.Auto);

    /// <inheritdoc cref="InputOf"/>
    public static string SpeakerOf(ParseResult result, Option<string?> speaker, Option<bool> simulate) =>
        result.GetValue(speaker) ?? (result.GetValue(simulate) ? RobotDevices.Meter : RobotDevices.Auto);

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
