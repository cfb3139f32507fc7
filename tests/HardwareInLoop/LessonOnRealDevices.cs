using System.Text.Json;
using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>A relay on this machine, a pupil in Chromium, and the unmodified agent on an emulated robot, in one lesson.</summary>
public sealed partial class LessonOnRealDevices : IAsyncLifetime
{
    public const double PupilToneHz = 523;
    public const double ClassroomToneHz = 880; // the workbench's
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Agent = "agent";
    private const string Session = "lesson";
    private const string State = "/run/robot/state";
    private const string Page = "127.0.0.1:8090"; // inside of the robot

    public EmulatedRobot Robot { get; private set; } = null!; // these: set before the first test runs

    public Classroom Classroom { get; private set; } = null!;

    /// <summary>What the agent's self-test said of each part, before the lesson.</summary>
    public IReadOnlyDictionary<string, Finding> Reference { get; private set; } = null!;

    /// <summary>Likewise of the cheaper head and the other gauge, while another program has the line of the button for louder.</summary>
    public IReadOnlyDictionary<string, Finding> WithServoBoard { get; private set; } = null!;

    /// <summary>What the servo board's two channels gave after its self-test, steps of 4,096; null: no pulses.</summary>
    public IReadOnlyList<int?> PulsesWithServoBoard { get; private set; } = null!;

    public PupilPage Pupil { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Robot = await EmulatedRobot.BootAsync();
        Classroom = await Classroom.StartAsync(address: EmulatedRobot.HostAddress);
        await Robot.DoAsync("gauge", "41", "3.71");
        await Robot.DoAsync("talk");
        Reference = await DoctorAsync();
        await Robot.DoAsync("line", "louder", "taken");
        WithServoBoard = await DoctorAsync("--body", await WriteBodyAsync());
        await Robot.DoAsync("lines", "free");
        PulsesWithServoBoard = [await Robot.AskAsync<int?>("pulse", "0"), await Robot.AskAsync<int?>("pulse", "1")];
        await Robot.DoAsync("listen");
        var relay = Classroom.RelayUrlOfRobots.ToString();
        var enrolled = await Robot.AskAsync<string>("run", Programs.RobotAgent, "enroll", "--relay", relay, "--code", await Classroom.EnrolmentCodeAsync(), "--state", State);
        await Classroom.BindAsync(Session, Name().Match(enrolled!).Groups[1].Value);
        await StartAgentAsync();
        Pupil = await PupilPage.LaunchAsync(PupilToneHz);
        await Pupil.Page.GotoAsync(await Classroom.LinkAsync(Session));
        await Pupil.ClickAsync("join");
        await WaitForPictureAsync();
    }

    /// <summary>Starts the agent as on a robot of the reference wiring, with nothing but the relay's address to go by.</summary>
    /// <param name="options">More of its options.</param>
    public async Task StartAgentAsync(params string[] options)
    {
        await Robot.DoAsync(["start", Agent, Programs.RobotAgent, "run", "--relay", Classroom.RelayUrlOfRobots.ToString(), "--state", State, "--page", Page, "--size", "640x360", "--allow-adhoc", "--allow-http", .. options]);
        await Robot.WaitUntilAsync(async () => (await Robot.AskAsync<string[]>("output", Agent))!.Any(line => line.Contains("Robot page", StringComparison.Ordinal)), Patience, "the agent's page");
    }

    /// <summary>The pupil's browser has decoded half a second of pictures more than it had.</summary>
    public async Task WaitForPictureAsync()
    {
        var before = await FramesAsync();
        await Pupil.WaitUntilAsync(async () => await FramesAsync() > before + 15, Patience, "the robot's picture in the pupil's browser");
    }

    /// <summary>What the robot's own page says.</summary>
    public async Task<JsonElement> StateAsync() => JsonDocument.Parse((await Robot.AskAsync<string>("fetch", $"http://{Page}/state"))!).RootElement;

    public async Task WaitForStateAsync(Func<JsonElement, bool> condition, string what) =>
        await Robot.WaitUntilAsync(async () => condition(await StateAsync()), Patience, what);

    /// <summary>Waits until the ring's sign is this one, as the agent names it.</summary>
    public Task WaitForSignAsync(string sign) => WaitForStateAsync(state => state.GetProperty("lights").GetString() == sign, $"the sign '{sign}'");

    /// <summary>Live again after something was closed: lights, devices and the pupil's picture.</summary>
    public async Task WaitUntilLiveAsync()
    {
        await WaitForSignAsync("live");
        await Robot.WaitUntilAsync(async () => (await OpenDevicesAsync()).Length == 2, Patience, "camera and microphone to be open");
        await WaitForPictureAsync();
    }

    public Task<Led[]?> LightsAsync() => Robot.AskAsync<Led[]>("lights");

    /// <summary>Cameras and microphones that the agent holds open, as the robot's kernel knows it.</summary>
    public async Task<string[]> OpenDevicesAsync() => await Robot.AskAsync<string[]>("open", Agent) ?? [];

    /// <summary>Colours of the pupil's picture, from left to right along a line.</summary>
    /// <param name="columns">How many.</param>
    /// <param name="height">Of the line, 0 (top) to 1.</param>
    public async Task<Rgb[]> PictureAsync(int columns, double height) => JsonSerializer.Deserialize<Rgb[]>(
        await Pupil.Page.EvaluateAsync<string>(
            """
            ([columns, height]) => {
              const video = document.querySelector("video");
              const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
              const context = canvas.getContext("2d");
              context.drawImage(video, 0, 0);
              return JSON.stringify(Array.from({ length: columns }, (_, column) => {
                const [r, g, b] = context.getImageData(Math.floor((column + 0.5) * canvas.width / columns), Math.floor(height * canvas.height), 1, 1).data;
                return { r, g, b };
              }));
            }
            """,
            new object[] { columns, height }),
        JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        if (Pupil is not null) await Pupil.DisposeAsync();
        if (Robot is not null)
        {
            await Robot.DoAsync("stop", Agent);
            await Robot.DisposeAsync();
        }

        if (Classroom is not null) await Classroom.DisposeAsync();
    }

    private async Task<Dictionary<string, Finding>> DoctorAsync(params string[] options)
    {
        var printed = await Robot.AskAsync<string>(["try", Programs.RobotAgent, "doctor", "--json", "--size", "640x360", .. options]);
        return JsonDocument.Parse(printed!).RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => check.Deserialize<Finding>(JsonSerializerOptions.Web)!).ToDictionary(finding => finding.Name);
    }

    /// <summary>A body's file on this machine, which the robot reads.</summary>
    private static async Task<string> WriteBodyAsync()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("av1relay-body").FullName, "body.json");
        await File.WriteAllTextAsync(path, """{ "head": { "driver": "pca9685" }, "battery": { "driver": "ina219", "pack": { "cells": 2, "shuntOhms": 0.1 } } }""");
        return path;
    }

    [GeneratedRegex(@"[Ee]nrolled as (\S+?)[.\s]")]
    private static partial Regex Name();

    private async Task<long> FramesAsync() =>
        (await Pupil.VideoStatisticsAsync()).TryGetProperty("framesDecoded", out var frames) ? frames.GetInt64() : 0;
}

/// <summary>One LED of the ring; brightness 0 to 31.</summary>
public sealed record Led(byte Brightness, byte R, byte G, byte B);

/// <summary>What the self-test says of one part; grade is good, note or bad.</summary>
public sealed record Finding(string Name, string Grade, string Words);

public sealed record Rgb(byte R, byte G, byte B);

public sealed record Servo(double Position, int Goal, bool HasTorque);

public sealed record Reading(double LevelDbfs, double ToneHz);
