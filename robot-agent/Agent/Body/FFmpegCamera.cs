using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Body;

/// <summary>A file or URL that FFmpeg opens. It is opened at more than the view's size, and zoom shows a part of it.</summary>
internal sealed class FFmpegCamera : IVideoSource
{
    private readonly MediaInput _input;
    private readonly Func<double> _zoom;
    private readonly TimeProvider _time;
    private readonly VideoFrame _whole;
    private readonly PictureScaler _scaler = new();

    private FFmpegCamera(MediaInput input, VideoFrame whole, VideoFormat format, Func<double> zoom, TimeProvider time)
        => (_input, _whole, Format, _zoom, _time) = (input, whole, format, zoom, time);

    public VideoFormat Format { get; }

    /// <param name="source">A file, a URL, or <c>lavfi:</c> and a filter chain.</param>
    /// <param name="format">Of the pictures that come out.</param>
    /// <param name="zoom">Asked once a picture.</param>
    /// <param name="time">Paces files, and stamps.</param>
    /// <exception cref="CodecException">It does not open; the message says what to check.</exception>
    public static FFmpegCamera Open(string source, VideoFormat format, Func<double> zoom, TimeProvider time)
    {
        var whole = format.WithRoomForZoom();
        return new(MediaInput.OpenVideo(source, whole.Width, whole.Height, format.FramesPerSecond, time), new(whole), format, zoom, time);
    }

    public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        try
        {
            var planes = new I420Planes(_whole.YPointer, _whole.YStride, _whole.UPointer, _whole.UStride, _whole.VPointer, _whole.VStride);
            if (!await _input.ReadVideoAsync(planes, cancellationToken)) return false;
        }
        catch (CodecException problem)
        {
            throw new HardwareException(problem.Message, problem);
        }

        into.CapturedAt = _time.GetElapsedTime(0);
        into.CapturedAtUnixTenthsMs = (_time.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10);
        _scaler.Scale(PlanarPicture.Of(_whole).Crop(CropArea.Zoomed(_whole.Width, _whole.Height, Format, _zoom())), into);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(_input.Dispose);
        _whole.Dispose();
    }
}
