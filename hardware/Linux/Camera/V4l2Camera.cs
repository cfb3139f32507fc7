using AV1Relay.Hardware.Camera;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>A camera that the kernel knows as a video node: USB cameras.</summary>
/// <remarks>It gives the newest picture and no old one: what waited in the queue is passed over, and so is the newest of a queue that was full, when
/// it is older than two intervals. One that came alone is shown however old: a camera that is slow in dim light has no newer. It captures at
/// more than the view's size where it can, so that zoom shows more and not larger pixels.</remarks>
public sealed class V4l2Camera : IVideoSource
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(3); // a USB camera's first picture takes up to one

    private readonly V4l2Capture _capture;
    private readonly PicturePreparation _preparation;
    private readonly TimeProvider _time;
    private readonly TimeSpan _spacing;
    private readonly string _name;
    private Task _reading = Task.CompletedTask;
    private TimeSpan _lastAt = TimeSpan.MinValue;
    private volatile bool _isClosing;

    private V4l2Camera(string name, V4l2Capture capture, VideoFormat format, Func<double> zoom, IPictureDecoder? decoder, TimeProvider time)
    {
        _name = name;
        _capture = capture;
        Format = format;
        _time = time;
        _spacing = format.FrameInterval * 0.7; // a camera that is faster than asked for is thinned out
        _preparation = new(capture.Mode, capture.Stride, format, zoom, decoder);
    }

    public VideoFormat Format { get; }

    /// <summary>The camera's own name, and how it gives its pictures.</summary>
    public string Description => $"{_capture.Card} ({_capture.Mode})";

    /// <param name="path">/dev/video0, or a link to it.</param>
    /// <param name="format">Of the pictures that come out.</param>
    /// <param name="zoom">Asked once a picture.</param>
    /// <param name="decoder">For cameras that are fast enough only when they compress; disposed with the camera. Null: they are not used so.</param>
    /// <param name="time">Stamps.</param>
    /// <remarks>May take seconds: not for a thread that others wait for.</remarks>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static V4l2Camera Open(string path, VideoFormat format, Func<double> zoom, IPictureDecoder? decoder, TimeProvider time)
        => Open(() => VideoNode.Open(path), format, zoom, decoder, time);

    internal static V4l2Camera Open(Func<IVideoNode> open, VideoFormat format, Func<double> zoom, IPictureDecoder? decoder, TimeProvider time)
    {
        try
        {
            var detail = format.WithRoomForZoom();
            var node = open();
            return new(node.Name, V4l2Capture.Start(node, new(detail.Width, detail.Height, detail.FramesPerSecond), decoder is not null), format, zoom, decoder, time);
        }
        catch
        {
            decoder?.Dispose();
            throw;
        }
    }

    public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosing, this);
        await using var registration = cancellationToken.UnsafeRegister(static capture => ((V4l2Capture)capture!).Wake(), _capture);
        var reading = Task.Run(() => Read(into, cancellationToken), CancellationToken.None);
        _reading = reading;
        await reading.ConfigureAwait(false);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isClosing) return;
        _isClosing = true;
        _capture.Wake();
        await _reading.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false); // how it ended was told to whoever read
        await Task.Run(_capture.Dispose).ConfigureAwait(false);
        _preparation.Dispose();
    }

    private void Read(VideoFrame into, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        var damaged = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_isClosing, this);
            if (_capture.TryTakeNewest(out var picture))
            {
                try
                {
                    if (picture.IsDamaged)
                    {
                        damaged++;
                    }
                    else if (IsWorthShowing(picture, out var at))
                    {
                        if (_preparation.TryPrepare(picture, into))
                        {
                            Stamp(into, at);
                            return;
                        }

                        damaged++;
                    }
                }
                finally
                {
                    _capture.GiveBack(picture);
                }
            }

            var left = SilentAfter - _time.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero)
            {
                throw damaged > 0
                    ? new HardwareException(HardwareFault.Noisy, $"Camera {_name} gives damaged pictures only ({damaged}): try another cable or port.")
                    : new HardwareException(HardwareFault.Silent, $"Camera {_name} is there and gives no pictures: unplug it and plug it in again.");
            }

            _ = _capture.Wait(left);
        }
    }

    private bool IsWorthShowing(in CapturedPicture picture, out TimeSpan at)
    {
        var now = _time.GetElapsedTime(0);
        at = picture.At is { } stamped && stamped <= now && now - stamped < SilentAfter ? stamped : now;
        if (picture.MayBeStale && now - at > 2 * Format.FrameInterval) return false;
        if (_lastAt != TimeSpan.MinValue && at - _lastAt < _spacing) return false;
        _lastAt = at;
        return true;
    }

    private void Stamp(VideoFrame into, TimeSpan at)
    {
        into.CapturedAt = at;
        var wall = _time.GetUtcNow() - (_time.GetElapsedTime(0) - at);
        into.CapturedAtUnixTenthsMs = (wall.Ticks - DateTimeOffset.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10);
    }
}
