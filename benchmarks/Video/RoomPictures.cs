using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.Benchmarks.Video;

/// <summary>A few pictures of the virtual classroom while the head turns slowly, painted beforehand and shown to and fro.</summary>
internal sealed class RoomPictures : IDisposable
{
    private const int Count = 24;
    private readonly VideoFrame[] _frames = new VideoFrame[Count];

    public RoomPictures(VideoFormat format)
    {
        var pan = 0.0;
        var room = new VirtualClassroom(format, () => new(pan, 0, 1), TimeProvider.System);
        for (var n = 0; n < Count; n++)
        {
            pan = n * 0.25;
            _frames[n] = new(format);
            // Paced by the clock, which the painting and not the measuring waits for.
            room.ReadAsync(_frames[n], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    public VideoFrame this[int number] => _frames[number / Count % 2 == 0 ? number % Count : Count - 1 - (number % Count)];

    public I420Planes Planes(int number) => PlanesOf(this[number]);

    public static I420Planes PlanesOf(VideoFrame frame) => new(frame.YPointer, frame.YStride, frame.UPointer, frame.UStride, frame.VPointer, frame.VStride);

    public void Dispose()
    {
        foreach (var frame in _frames) frame.Dispose();
    }
}
