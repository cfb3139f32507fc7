using System.Diagnostics;
using System.Runtime.InteropServices;
using AV1Relay.Hardware.Audio;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Workbench;

/// <summary>What the robot's speaker played last.</summary>
/// <param name="LevelDbfs">−100 is silence.</param>
/// <param name="ToneHz">The strongest tone; 0: none.</param>
public sealed record HeardSound(double LevelDbfs, double ToneHz);

/// <summary>The room round the robot's speakerphone: what is said here its microphone hears, and what its speaker plays is measured.</summary>
/// <remarks>The kernel's ALSA loopback: the robot has its device 0, the room has device 1. Through aplay and arecord, with long periods: they are
/// not of this project, and cost the emulated computer little.</remarks>
internal sealed class Speakerphone : IAsyncDisposable
{
    private const int PeriodMilliseconds = 100;
    private const int PeriodSamples = PcmFormat.SampleRate * PeriodMilliseconds / 1000;
    private static readonly string[] Format =
        ["-q", "-D", "plughw:CARD=Loopback,DEV=1", "-t", "raw", "-f", "S16_LE", "-r", "48000", "-c", "1", $"--period-time={PeriodMilliseconds}000", $"--buffer-time={4 * PeriodMilliseconds}000"];

    private readonly Lock _gate = new();
    private readonly short[] _newest = new short[2 * PeriodSamples];
    private readonly List<Process> _programs = [];
    private readonly List<Task> _pumps = [];

    /// <summary>Begins to talk: a made-up teacher, and a chime of this many Hz every two seconds.</summary>
    public async Task TalkAsync(double chimeHz)
    {
        var seconds = MemoryMarshal.AsBytes<short>(await RecordAsync(chimeHz)).ToArray();
        var mouth = Start("aplay");
        _pumps.Add(Task.Run(async () =>
        {
            while (!mouth.HasExited) await mouth.StandardInput.BaseStream.WriteAsync(seconds);
        }));
    }

    /// <summary>Begins to listen to the robot's speaker.</summary>
    public void Listen()
    {
        var ear = Start("arecord");
        _pumps.Add(Task.Run(async () =>
        {
            var period = new byte[PeriodSamples * sizeof(short)];
            while (true)
            {
                await ear.StandardOutput.BaseStream.ReadExactlyAsync(period);
                lock (_gate)
                {
                    _newest.AsSpan(PeriodSamples).CopyTo(_newest);
                    MemoryMarshal.Cast<byte, short>(period).CopyTo(_newest.AsSpan(PeriodSamples));
                }
            }
        }));
    }

    /// <summary>Of the last fifth of a second.</summary>
    /// <exception cref="InvalidOperationException">aplay or arecord has ended.</exception>
    public HeardSound Heard()
    {
        if (_programs.Find(program => program.HasExited) is { } ended) throw new InvalidOperationException($"{ended.StartInfo.FileName} ended: {ended.StandardError.ReadToEnd()}");
        Span<float> samples = new float[_newest.Length];
        lock (_gate)
        {
            for (var i = 0; i < samples.Length; i++) samples[i] = _newest[i] / 32768f;
        }

        var energy = 0.0;
        foreach (var sample in samples) energy += sample * sample;
        return new(Math.Max(PcmLevel.SilenceDbfs, 10 * Math.Log10((energy / samples.Length) + 1e-12)), ToneFinder.Find(samples).Hz);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            program.Kill();
            await program.WaitForExitAsync();
            program.Dispose();
        }

        await Task.WhenAll(_pumps).ContinueWith(static _ => { }, TaskScheduler.Default); // each ends with its program's pipe
    }

    /// <summary>Two seconds of talk with their chime, worked out once.</summary>
    private static async Task<short[]> RecordAsync(double chimeHz)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var voice = new VirtualClassroomSound(time, chimeHz);
        var seconds = new short[(int)VirtualClassroomSound.ChimeEverySeconds * PcmFormat.SampleRate];
        for (var at = 0; at < seconds.Length; at += PcmFormat.FrameSamples)
        {
            var read = voice.ReadAsync(seconds.AsMemory(at, PcmFormat.FrameSamples), CancellationToken.None);
            time.Advance(TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds));
            await read;
        }

        return seconds;
    }

    private Process Start(string program)
    {
        var start = new ProcessStartInfo(program, Format) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _programs.Add(process);
        return process;
    }
}
