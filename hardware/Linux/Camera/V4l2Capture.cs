using System.Text;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>A picture that the kernel has written; it is given back with <see cref="V4l2Capture.GiveBack"/>.</summary>
/// <param name="Index">Of its buffer.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="IsDamaged">The camera lost a part of it on the way.</param>
/// <param name="At">Of the monotonic clock; null when the driver uses another.</param>
/// <param name="MayBeStale">The camera may have had no buffer left, and have gone on without writing pictures since.</param>
internal readonly record struct CapturedPicture(uint Index, nint Start, int Length, bool IsDamaged, TimeSpan? At, bool MayBeStale);

/// <summary>A video node that runs: its format set, its buffers mapped and queued. Not thread-safe. Owns the node.</summary>
internal sealed class V4l2Capture : IDisposable
{
    /// <summary>One being filled, one full, one being read, and one in hand.</summary>
    private const uint Buffers = 4;

    /// <summary>Some drivers keep their last buffer until they have another.</summary>
    private const int KeptByDrivers = 1;

    private readonly IVideoNode _node;
    private readonly List<(nint Start, uint Length)> _memory = [];
    private bool _isStreaming;
    private bool _isDisposed;

    private V4l2Capture(IVideoNode node) => _node = node;

    /// <summary>As the camera names itself.</summary>
    public string Card { get; private set; } = "";

    /// <summary>What the driver really gives, which may differ from what it was asked for.</summary>
    public CaptureMode Mode { get; private set; }

    /// <summary>Bytes from row to row, of uncompressed pictures.</summary>
    public int Stride { get; private set; }

    /// <param name="node">Disposed with this, and when this fails.</param>
    /// <param name="wanted">What is looked for among what the camera can do.</param>
    /// <param name="canDecodeJpeg">Whether compressed pictures are of any use.</param>
    /// <exception cref="HardwareException">It is no camera, has nothing that we can read, or has gone.</exception>
    public static V4l2Capture Start(IVideoNode node, VideoFormatWish wanted, bool canDecodeJpeg)
    {
        var capture = new V4l2Capture(node);
        try
        {
            capture.Identify();
            var modes = CaptureModes.List(node, wanted);
            var mode = CaptureChoice.Choose(modes, wanted.Width, wanted.Height, wanted.FramesPerSecond, canDecodeJpeg)
                ?? throw new HardwareException(
                    HardwareFault.Refused, $"Camera {node.Name} gives none of YUYV, NV12, YU12{(canDecodeJpeg ? " and MJPG" : ", and MJPG needs FFmpeg")}: choose another with --camera.");
            capture.Configure(mode);
            capture.Stream();
            return capture;
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>The newest picture that is ready; older ones go back unread.</summary>
    /// <returns>False: none is ready.</returns>
    /// <exception cref="HardwareException">The camera has gone or fails.</exception>
    public bool TryTakeNewest(out CapturedPicture newest)
    {
        newest = default;
        var isThere = false;
        // At most all of them: what comes in meanwhile is the next picture.
        for (var taken = 0; taken < _memory.Count; taken++)
        {
            var buffer = new V4l2Buffer { Type = V4l2Request.Capture, Memory = V4l2Buffer.Mapped };
            var error = _node.Call(V4l2Request.Dequeue, ref buffer);
            if (error == V4l2Errors.Again) break;
            if (error != 0 || buffer.Index >= _memory.Count)
            {
                if (isThere) GiveBack(newest);
                throw V4l2Errors.Explain(_node.Name, "gives no pictures any more", error == 0 ? V4l2Errors.Invalid : error);
            }

            if (isThere) GiveBack(newest);
            isThere = true;
            var (start, length) = _memory[(int)buffer.Index];
            TimeSpan? at = (buffer.Flags & V4l2Buffer.ClockMask) == V4l2Buffer.ClockMonotonic
                ? TimeSpan.FromSeconds(buffer.Seconds) + TimeSpan.FromMicroseconds(buffer.Microseconds)
                : null;
            newest = new(buffer.Index, start, (int)Math.Min(buffer.BytesUsed, length), (buffer.Flags & V4l2Buffer.IsDamaged) != 0, at, MayBeStale: taken + 1 >= _memory.Count - KeptByDrivers);
        }

        return isThere;
    }

    public void GiveBack(in CapturedPicture picture) => Queue(picture.Index, "takes no buffer back");

    public NodeEvent Wait(TimeSpan limit) => _node.Wait(limit);

    /// <summary>Any thread.</summary>
    public void Wake() => _node.Wake();

    /// <summary>Stops the camera and closes it: its indicator goes out.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        var type = V4l2Request.Capture;
        if (_isStreaming) _ = _node.Call(V4l2Request.StreamOff, ref type); // one that has gone says so, and is closed all the same
        foreach (var (start, length) in _memory) _node.Unmap(start, length);
        _memory.Clear();
        _node.Dispose();
    }

    private unsafe void Identify()
    {
        var capability = default(V4l2Capability);
        Check(_node.Call(V4l2Request.QueryCapability, ref capability), "does not say what it is");
        var can = (capability.DeviceCapabilities & V4l2Capability.HasNodeCapabilities) != 0 ? capability.NodeCapabilities : capability.DeviceCapabilities;
        const uint Needed = V4l2Capability.VideoCapture | V4l2Capability.Streaming;
        if ((can & Needed) != Needed) throw new HardwareException(HardwareFault.Refused, $"{_node.Name} gives no pictures of its own (a camera's second node, or a codec): choose another with --camera.");
        var name = new ReadOnlySpan<byte>(capability.Card, 32);
        Card = Encoding.UTF8.GetString(name[..(name.IndexOf((byte)0) is >= 0 and var end ? end : name.Length)]);
    }

    private void Configure(CaptureMode mode)
    {
        var format = new V4l2Format
        {
            Type = V4l2Request.Capture,
            Width = (uint)mode.Width,
            Height = (uint)mode.Height,
            PixelFormat = (uint)mode.Format,
            Field = V4l2Format.Progressive,
        };
        Check(_node.Call(V4l2Request.SetFormat, ref format), $"refuses {mode}");
        var rate = new V4l2StreamParameters { Type = V4l2Request.Capture, Numerator = mode.Numerator, Denominator = mode.Denominator };
        _ = _node.Call(V4l2Request.SetParameters, ref rate); // not every driver can be told

        Mode = mode with { Format = (PixelFormat)format.PixelFormat, Width = (int)format.Width, Height = (int)format.Height };
        Stride = (int)format.BytesPerLine;
        var bytesAPixel = Mode.Format == PixelFormat.Yuyv ? 2 : 1;
        if (!Mode.Format.IsKnown() || Mode is not { Width: >= 16 and <= 8192, Height: >= 16 and <= 8192 }
            || (!Mode.Format.IsCompressed() && (Stride < Mode.Width * bytesAPixel || Stride > 1 << 16)))
        {
            throw new HardwareException(HardwareFault.Noisy, $"Camera {_node.Name} was asked for {mode} and set {Mode}, {Stride} bytes a row, which can't be read: choose another with --camera.");
        }
    }

    private void Stream()
    {
        var request = new V4l2BufferRequest { Count = Buffers, Type = V4l2Request.Capture, Memory = V4l2Buffer.Mapped };
        Check(_node.Call(V4l2Request.RequestBuffers, ref request), "gives no buffers");
        if (request.Count is 0 or > 32) throw V4l2Errors.Explain(_node.Name, "gives no buffers", V4l2Errors.Invalid);
        for (uint index = 0; index < request.Count; index++)
        {
            var buffer = new V4l2Buffer { Index = index, Type = V4l2Request.Capture, Memory = V4l2Buffer.Mapped };
            Check(_node.Call(V4l2Request.QueryBuffer, ref buffer), "does not show its buffers");
            var start = _node.Map(buffer.Offset, buffer.Length);
            if (start == 0) throw V4l2Errors.Explain(_node.Name, "does not share its buffers", V4l2Errors.Invalid);
            _memory.Add((start, buffer.Length));
            Queue(index, "takes no buffers");
        }

        var type = V4l2Request.Capture;
        Check(_node.Call(V4l2Request.StreamOn, ref type), "does not start");
        _isStreaming = true;
    }

    private void Queue(uint index, string failure)
    {
        var buffer = new V4l2Buffer { Index = index, Type = V4l2Request.Capture, Memory = V4l2Buffer.Mapped };
        Check(_node.Call(V4l2Request.Queue, ref buffer), failure);
    }

    private void Check(int error, string what)
    {
        if (error != 0) throw V4l2Errors.Explain(_node.Name, what, error);
    }
}
