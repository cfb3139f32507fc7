using AV1Relay.Hardware.Camera;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>The camera at a Raspberry Pi's ribbon connector, through the program that belongs to it: <c>rpicam-vid</c>.</summary>
/// <remarks>The program captures at more than the view's size, so that zoom shows more; it ends with this object, and with the agent, whose end
/// closes the pipe that it writes to.</remarks>
public sealed class CsiCamera : IVideoSource
{
    private const string Program = "rpicam-vid";

    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(5); // the program takes up to two to start

    private readonly PictureProgram _program;
    private readonly VideoFrame _whole;
    private readonly PictureScaler _scaler = new();
    private readonly Func<double> _zoom;
    private readonly TimeProvider _time;

    private CsiCamera(PictureProgram program, VideoFrame whole, VideoFormat format, Func<double> zoom, TimeProvider time)
        => (_program, _whole, Format, _zoom, _time) = (program, whole, format, zoom, time);

    public VideoFormat Format { get; }

    /// <param name="format">Of the pictures that come out.</param>
    /// <param name="zoom">Asked once a picture.</param>
    /// <param name="time">Stamps.</param>
    /// <exception cref="HardwareException">The program is missing.</exception>
    public static CsiCamera Open(VideoFormat format, Func<double> zoom, TimeProvider time) => Open([Program], format, zoom, time);

    /// <param name="command">What is started, and its first arguments.</param>
    internal static CsiCamera Open(IReadOnlyList<string> command, VideoFormat format, Func<double> zoom, TimeProvider time)
    {
        // Rows come without padding where the width is a multiple of 64, which twice our sizes are.
        var whole = format.WithRoomForZoom();
        if (whole.Width % 64 != 0) throw new HardwareException(HardwareFault.Refused, $"The ribbon camera gives no {format.Width}×{format.Height}: choose 640x360 or 1280x720.");
        string[] arguments =
        [
            .. command, "--codec", "yuv420", "--output", "-", "--timeout", "0", "--nopreview", "--flush", "--verbose", "0",
            "--width", $"{whole.Width}", "--height", $"{whole.Height}", "--framerate", $"{whole.FramesPerSecond}",
        ];
        var picture = new VideoFrame(whole); // first: once the program runs, nothing here may fail
        try
        {
            return new(PictureProgram.Start(arguments, whole.Width * whole.Height * 3 / 2, time), picture, format, zoom, time);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        var at = await _program.TakeNewestAsync(Unpack, SilentAfter, cancellationToken).ConfigureAwait(false);
        into.CapturedAt = at;
        var wall = _time.GetUtcNow() - (_time.GetElapsedTime(0) - at);
        into.CapturedAtUnixTenthsMs = (wall.Ticks - DateTimeOffset.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10);
        _scaler.Scale(PlanarPicture.Of(_whole).Crop(CropArea.Zoomed(_whole.Width, _whole.Height, Format, _zoom())), into);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync().ConfigureAwait(false);
        _whole.Dispose();
    }

    private void Unpack(ReadOnlySpan<byte> picture)
    {
        var (width, height) = (_whole.Width, _whole.Height);
        for (var y = 0; y < height; y++) picture.Slice(y * width, width).CopyTo(_whole.Y[(y * _whole.YStride)..]);
        var u = picture[(width * height)..];
        var v = picture[(width * height * 5 / 4)..];
        for (var y = 0; y < height / 2; y++)
        {
            u.Slice(y * width / 2, width / 2).CopyTo(_whole.U[(y * _whole.UStride)..]);
            v.Slice(y * width / 2, width / 2).CopyTo(_whole.V[(y * _whole.VStride)..]);
        }
    }
}
