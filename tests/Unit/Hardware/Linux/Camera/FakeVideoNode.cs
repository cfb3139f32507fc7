using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AV1Relay.Hardware.Linux.Camera;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Camera;

/// <summary>A camera as the kernel shows one: formats, buffers that go round, and everything that can fail.</summary>
internal sealed unsafe class FakeVideoNode(TimeProvider time) : IVideoNode
{
    private const int BufferBytes = 1 << 20 << 2;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _event = new(0);
    private readonly Dictionary<uint, nint> _memory = [];
    private readonly Queue<uint> _empty = [];
    private readonly Queue<V4l2Buffer> _full = [];
    private V4l2Format _format;
    private bool _isWoken;
    private int _number;

    public string Name => "/dev/video9";

    public List<CaptureMode> Modes { get; init; } = [new(PixelFormat.Yuyv, 640, 360, 1, 30)];

    /// <summary>Each wait brings a picture.</summary>
    public bool FillsByItself { get; init; }

    /// <summary>What a hostile camera says that it has set, for what it should have.</summary>
    public Func<V4l2Format, V4l2Format> Says { get; init; } = static format => format;

    public bool IsStreaming { get; private set; }

    public bool IsClosed { get; private set; }

    public int Mapped { get; private set; }

    /// <summary>Buffers that the camera may write to.</summary>
    public int Empty => _empty.Count;

    /// <summary>Error numbers by request.</summary>
    public Dictionary<uint, int> Fails { get; } = [];

    public int Call<T>(uint request, ref T argument)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        lock (_gate)
        {
            if (Fails.TryGetValue(request, out var error)) return error;
            if (request == V4l2Request.QueryCapability)
            {
                ref var capability = ref Unsafe.As<T, V4l2Capability>(ref argument);
                (capability.DeviceCapabilities, capability.NodeCapabilities) = (V4l2Capability.HasNodeCapabilities, V4l2Capability.VideoCapture | V4l2Capability.Streaming);
                "Test camera"u8.CopyTo(MemoryMarshal.CreateSpan(ref capability.Card[0], 32));
                return 0;
            }

            if (request == V4l2Request.ListFormats)
            {
                ref var format = ref Unsafe.As<T, V4l2FormatDescription>(ref argument);
                return Pick(Modes.Select(mode => (uint)mode.Format), format.Index, out format.PixelFormat);
            }

            if (request == V4l2Request.ListSizes)
            {
                ref var size = ref Unsafe.As<T, V4l2FrameSize>(ref argument);
                var of = size.PixelFormat;
                size.Type = V4l2FrameSize.Discrete;
                var result = Pick(Modes.Where(mode => (uint)mode.Format == of).Select(mode => (mode.Width, mode.Height)), size.Index, out var found);
                (size.Width, size.HeightOrMaxWidth) = ((uint)found.Width, (uint)found.Height);
                return result;
            }

            if (request == V4l2Request.ListIntervals)
            {
                ref var interval = ref Unsafe.As<T, V4l2FrameInterval>(ref argument);
                var (of, width, height) = (interval.PixelFormat, interval.Width, interval.Height);
                interval.Type = V4l2FrameInterval.Discrete;
                var result = Pick(
                    Modes.Where(mode => (uint)mode.Format == of && mode.Width == width && mode.Height == height).Select(mode => (mode.Numerator, mode.Denominator)), interval.Index, out var found);
                (interval.Numerator, interval.Denominator) = found;
                return result;
            }

            if (request == V4l2Request.SetFormat)
            {
                ref var format = ref Unsafe.As<T, V4l2Format>(ref argument);
                var packed = (PixelFormat)format.PixelFormat == PixelFormat.Yuyv ? 2u : 1u;
                (format.BytesPerLine, format.ImageBytes) = (format.Width * packed, format.Width * format.Height * 2);
                format = Says(format);
                _format = format;
                return 0;
            }

            if (request == V4l2Request.QueryBuffer)
            {
                ref var buffer = ref Unsafe.As<T, V4l2Buffer>(ref argument);
                (buffer.Offset, buffer.Length) = (buffer.Index * BufferBytes, BufferBytes);
                return 0;
            }

            if (request == V4l2Request.Queue)
            {
                _empty.Enqueue(Unsafe.As<T, V4l2Buffer>(ref argument).Index);
                return 0;
            }

            if (request == V4l2Request.Dequeue)
            {
                if (!_full.TryDequeue(out var buffer)) return V4l2Errors.Again;
                Unsafe.As<T, V4l2Buffer>(ref argument) = buffer;
                return 0;
            }

            if (request == V4l2Request.StreamOn) IsStreaming = true;
            if (request == V4l2Request.StreamOff) IsStreaming = false;
            return 0;
        }
    }

    /// <summary>The camera has taken a picture: flat, but for a ramp of luma in every row, starting at <paramref name="luma"/>.</summary>
    public void Take(byte luma, uint flags = 0, TimeSpan age = default)
    {
        lock (_gate)
        {
            if (!_empty.TryDequeue(out var index)) return; // a camera without an empty buffer loses the picture
            var bytes = new Span<byte>((void*)_memory[index], (int)_format.ImageBytes);
            for (var i = 0; i < bytes.Length; i += 2) (bytes[i], bytes[i + 1]) = ((byte)(luma + (i / 2 % _format.Width / 8)), 128);
            Fill(index, (uint)bytes.Length, flags, age);
        }
    }

    /// <summary>A picture in a buffer that nobody gave to the camera.</summary>
    public void TakeInto(uint index)
    {
        lock (_gate) Fill(index, 1000, 0, default);
    }

    /// <summary>The camera has taken a picture of these bytes.</summary>
    public void Take(ReadOnlySpan<byte> picture)
    {
        lock (_gate)
        {
            if (!_empty.TryDequeue(out var index)) return;
            picture.CopyTo(new Span<byte>((void*)_memory[index], BufferBytes));
            Fill(index, (uint)picture.Length, 0, default);
        }
    }

    public void FailNow(uint request, int error)
    {
        lock (_gate) Fails[request] = error;
        _event.Release();
    }

    public nint Map(uint offset, uint length)
    {
        Mapped++;
        return _memory[offset / BufferBytes] = (nint)NativeMemory.AllocZeroed(length);
    }

    public void Unmap(nint start, uint length)
    {
        Mapped--;
        NativeMemory.Free((void*)start);
    }

    public NodeEvent Wait(TimeSpan limit)
    {
        if (FillsByItself)
        {
            if (_event.Wait(TimeSpan.FromMilliseconds(25)) && _isWoken) return NodeEvent.Woken;
            Take((byte)_number++);
            return NodeEvent.Ready;
        }

        if (time is FakeTimeProvider fake && _event.CurrentCount == 0 && IsSilent)
        {
            fake.Advance(limit);
            return NodeEvent.TimedOut;
        }

        return _event.Wait(TimeSpan.FromSeconds(20)) ? NodeEvent.Ready : NodeEvent.TimedOut;
    }

    /// <summary>Waiting for a picture takes its whole time, which passes at once.</summary>
    public bool IsSilent { get; init; }

    public void Wake()
    {
        _isWoken = true;
        _event.Release();
    }

    public void Dispose() => IsClosed = true;

    private static int Pick<TItem>(IEnumerable<TItem> items, uint index, out TItem found)
    {
        var list = items.Distinct().ToList();
        found = index < list.Count ? list[(int)index] : list[0];
        return index < list.Count ? 0 : V4l2Errors.Invalid;
    }

    private void Fill(uint index, uint length, uint flags, TimeSpan age)
    {
        var at = time.GetElapsedTime(0) - age;
        _full.Enqueue(new()
        {
            Index = index,
            BytesUsed = length,
            Flags = flags | V4l2Buffer.ClockMonotonic,
            Seconds = at.Ticks / TimeSpan.TicksPerSecond,
            Microseconds = at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
        });
        _event.Release();
    }
}
