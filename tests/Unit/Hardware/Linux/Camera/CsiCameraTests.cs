using AV1Relay.Hardware;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Linux.Camera;
using AV1Relay.Tests.Unit.Hardware.Camera;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Camera;

/// <summary>A shell script stands in for the camera's program.</summary>
public sealed class CsiCameraContract : VideoSourceContract, IDisposable
{
    private readonly StandIn _program = new();

    public void Dispose() => _program.Dispose();

    private protected override IVideoSource Open(VideoFormat format) => CsiCamera.Open(_program.That("while cat \"$picture\"; do sleep 0.02; done"), format, () => 1, TimeProvider.System);
}

public sealed class CsiCameraTests : IDisposable
{
    private readonly StandIn _program = new();
    private readonly VideoFrame _picture = new(VideoFormat.Small);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _program.Dispose();
        _picture.Dispose();
    }

    [Fact]
    public async Task Zoom_shows_the_middle_pixel_for_pixel()
    {
        await using var camera = Open("cat \"$picture\"; exec sleep 60", zoom: 2);
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal(320 / 8, _picture.Y[0]);
        Assert.Equal(959 / 8, _picture.Y[639]);
        Assert.Equal((90, 160), (_picture.U[0], _picture.V[0]));
    }

    [Fact]
    public async Task The_program_is_told_size_rate_and_raw_pictures()
    {
        await using var camera = Open("echo \"$@\" > \"$picture.told\"; cat \"$picture\"; exec sleep 60");
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal("--codec yuv420 --output - --timeout 0 --nopreview --flush --verbose 0 --width 1280 --height 720 --framerate 30", _program.WasTold());
    }

    [Fact]
    public void A_missing_program_is_a_named_fault_that_says_what_to_install()
    {
        var problem = Assert.Throws<HardwareException>(() => CsiCamera.Open(["/nowhere/rpicam-vid"], VideoFormat.Small, () => 1, TimeProvider.System));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("apt install rpicam-apps", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_ends_is_quoted()
    {
        await using var camera = Open("echo 'noise' >&2; echo 'ERROR: no cameras available' >&2; exit 255");
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await camera.ReadAsync(_picture, Token));
        Assert.Contains("no cameras available", problem.Message, StringComparison.Ordinal);
        Assert.Contains("ribbon", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_picture_is_none()
    {
        await using var camera = Open("head -c 1000 \"$picture\"");
        await Assert.ThrowsAsync<HardwareException>(async () => await camera.ReadAsync(_picture, Token));
    }

    [Fact]
    public async Task One_that_does_not_want_to_end_is_ended_within_200_ms()
    {
        var camera = Open("trap '' TERM; while cat \"$picture\"; do :; done");
        Assert.True(await camera.ReadAsync(_picture, Token));
        var since = TimeProvider.System.GetTimestamp();
        await camera.DisposeAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds, 50, 200);
    }

    [Fact]
    public async Task A_program_that_started_in_vain_does_not_run_on()
    {
        Assert.Throws<OverflowException>(() => PictureProgram.Start(_program.That("sleep 30; true"), pictureBytes: -1, TimeProvider.System)); // no memory for its pictures
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (_program.Runs)
        {
            Assert.False(limit.IsCancellationRequested, "it holds the camera still");
            await Task.Yield();
        }
    }

    private CsiCamera Open(string script, double zoom = 1) => CsiCamera.Open(_program.That(script), VideoFormat.Small, () => zoom, TimeProvider.System);
}

/// <summary>A program in the system's shell. <c>$picture</c> is a file with one picture of 1280×720 whose luma is a ramp.</summary>
internal sealed class StandIn : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("av1relay-csi-").FullName;

    public StandIn()
    {
        var picture = new byte[1280 * 720 * 3 / 2];
        for (var i = 0; i < 1280 * 720; i++) picture[i] = (byte)(i % 1280 / 8);
        picture.AsSpan(1280 * 720, 1280 * 720 / 4).Fill(90);
        picture.AsSpan(1280 * 720 * 5 / 4).Fill(160);
        File.WriteAllBytes(Picture, picture);
    }

    private string Picture => Path.Combine(_folder, "picture");

    public string WasTold() => File.ReadAllText(Picture + ".told").Trim();

    public bool Runs => Directory.EnumerateDirectories("/proc").Any(process => CommandOf(process).Contains(_folder, StringComparison.Ordinal));

    public IReadOnlyList<string> That(string script) => ["/bin/sh", "-c", $"picture='{Picture}'; {script}", "stand-in"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return ""; // no process, or one that has just ended
        }
    }
}
