using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Body;

/// <summary>A camera, file or URL that FFmpeg opens. Zoom is not applied to it: the lens shows what it shows.</summary>
internal sealed class FFmpegCamera(MediaInput input, VideoFormat format, TimeProvider time) : IVideoSource
{
    public VideoFormat Format => format;

    public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        try
        {
            var planes = new I420Planes(into.YPointer, into.YStride, into.UPointer, into.UStride, into.VPointer, into.VStride);
            if (!await input.ReadVideoAsync(planes, cancellationToken)) return false;
        }
        catch (CodecException problem)
        {
            throw new HardwareException(problem.Message, problem);
        }

        into.CapturedAt = time.GetElapsedTime(0);
        into.CapturedAtUnixTenthsMs = (time.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10);
        return true;
    }

    public async ValueTask DisposeAsync() => await Task.Run(input.Dispose);
}
