using System.Numerics;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera.Classroom;
using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera;

/// <summary>A painted classroom, wider than the lens: turning the simulated head turns the picture. Carries a <see cref="ClockStrip"/>.</summary>
/// <remarks>The room is painted once at the start; a picture is a scaled piece of it with the moving parts drawn over it.
/// Time and pose in the strip are those of the moment before drawing, as a shutter's would be.</remarks>
public sealed class VirtualClassroom : IVideoSource
{
    /// <summary>What the whole lens takes in, degrees from left to right.</summary>
    public const double HorizontalFieldOfView = 75;

    private readonly Func<ViewPose> _pose;
    private readonly TimeProvider _time;
    private readonly Pacing _pacing;
    private readonly Panorama _panorama = Panorama.Instance;
    private readonly Panorama.Scratch _scratch = new();
    private readonly Canvas _canvas = new(new Rasteriser());

    /// <param name="format">Width a multiple of 80, for the clock strip.</param>
    /// <param name="pose">Asked once a picture, on the reader's thread.</param>
    /// <param name="time">Paces the pictures, drives what moves, and stamps.</param>
    public VirtualClassroom(VideoFormat format, Func<ViewPose> pose, TimeProvider time)
    {
        Format = format;
        _pose = pose;
        _time = time;
        _pacing = new Pacing(time, format.FrameInterval, mayLagIntervals: 1);
    }

    public VideoFormat Format { get; }

    public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        var number = await _pacing.NextAsync(cancellationToken).ConfigureAwait(false);
        Draw(into, _pose(), (ushort)number);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>One picture, now.</summary>
    internal void Draw(VideoFrame frame, ViewPose pose, ushort frameCounter)
    {
        var now = _time.GetUtcNow();
        frame.CapturedAt = _time.GetElapsedTime(0);
        frame.CapturedAtUnixTenthsMs = (now.Ticks - DateTimeOffset.UnixEpoch.Ticks) / (TimeSpan.TicksPerMillisecond / 10);

        var zoom = Math.Clamp(pose.Zoom, ViewPose.MinZoom, ViewPose.MaxZoom);
        var pixelsPerDegree = (float)(frame.Width * zoom / HorizontalFieldOfView);
        var halfView = new Vector2(frame.Width, frame.Height) / (2 * pixelsPerDegree);
        var origin = new Vector2((float)-pose.Pan, (float)-pose.Tilt) - halfView; // pan is positive to the left, tilt upwards
        _panorama.Show(frame, origin, pixelsPerDegree, _scratch);

        _canvas.Attach(Surface.Of(frame), origin, pixelsPerDegree);
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0 % (TeacherSpeech.LoopSeconds * 60);
        MovingParts.Paint(_canvas, _time.GetLocalNow(), seconds);

        ClockStrip.Write(frame, frame.CapturedAtUnixTenthsMs, pose with { Zoom = zoom }, frameCounter);
    }
}
