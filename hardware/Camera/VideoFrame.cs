using System.Runtime.InteropServices;

namespace AV1Relay.Hardware.Camera;

/// <summary>One I420 picture in native memory that this object owns: encoders read it in place and the collector never moves it.</summary>
/// <remarks>Reused from picture to picture; whoever made it disposes it, and only when nobody reads it any more.
/// Rows are padded to a multiple of 32 bytes.</remarks>
public sealed unsafe class VideoFrame : IDisposable
{
    private const int Alignment = 32;
    private byte* _buffer;

    /// <exception cref="ArgumentOutOfRangeException">A side is odd, below 16 or over 8,192.</exception>
    public VideoFrame(int width, int height)
    {
        CheckSide(width, nameof(width));
        CheckSide(height, nameof(height));
        Width = width;
        Height = height;
        YStride = Align(width);
        UStride = VStride = Align(width / 2);
        var total = (nuint)((YStride * height) + (UStride * (height / 2) * 2));
        _buffer = (byte*)NativeMemory.AlignedAlloc(total, Alignment);
        Fill(16, 128, 128);
    }

    public VideoFrame(VideoFormat format)
        : this(format.Width, format.Height)
    {
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from one row of luma to the next.</summary>
    public int YStride { get; }

    public int UStride { get; }

    public int VStride { get; }

    /// <summary>Wall time of capture, in tenths of a millisecond since the Unix epoch: what the clock strip carries.</summary>
    public long CapturedAtUnixTenthsMs { get; set; }

    /// <summary>Monotonic time of capture: <c>time.GetElapsedTime(0)</c> of the source's <see cref="TimeProvider"/>.</summary>
    public TimeSpan CapturedAt { get; set; }

    /// <summary>First byte of a plane, for native encoders. Zero once disposed.</summary>
    public nint YPointer => (nint)_buffer;

    public nint UPointer => (nint)(_buffer + (YStride * Height));

    public nint VPointer => UPointer + (UStride * (Height / 2));

    public Span<byte> Y => Plane(YPointer, YStride * Height);

    public Span<byte> U => Plane(UPointer, UStride * (Height / 2));

    public Span<byte> V => Plane(VPointer, VStride * (Height / 2));

    /// <summary>One flat colour over the whole picture.</summary>
    public void Fill(byte y, byte u, byte v)
    {
        Y.Fill(y);
        U.Fill(u);
        V.Fill(v);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_buffer);
        _buffer = null;
    }

    private static int Align(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static void CheckSide(int side, string name)
    {
        if (side < 16 || side > 8192 || side % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(name, side, "A picture's side is even and between 16 and 8,192.");
        }
    }

    private Span<byte> Plane(nint start, int length)
    {
        ObjectDisposedException.ThrowIf(_buffer == null, this);
        return new Span<byte>((void*)start, length);
    }
}
