using System.Runtime.InteropServices;

namespace AV1Relay.Hardware.Linux.Camera;

// The kernel's structures (linux/videodev2.h) as a 64-bit system lays them out, x64 and arm64 alike. Fields that are not used are left out;
// the sizes are part of the request numbers, so that a wrong one is refused and not misread.

/// <summary><c>v4l2_capability</c>: what a video node is.</summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal unsafe struct V4l2Capability
{
    public const uint VideoCapture = 0x0000_0001;
    public const uint Streaming = 0x0400_0000;
    public const uint HasNodeCapabilities = 0x8000_0000;

    [FieldOffset(16)]
    public fixed byte Card[32];

    [FieldOffset(84)]
    public uint DeviceCapabilities;

    [FieldOffset(88)]
    public uint NodeCapabilities;
}

/// <summary><c>v4l2_fmtdesc</c>: one pixel format that a node has.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct V4l2FormatDescription
{
    [FieldOffset(0)]
    public uint Index;

    [FieldOffset(4)]
    public uint Type;

    [FieldOffset(44)]
    public uint PixelFormat;
}

/// <summary><c>v4l2_frmsizeenum</c>: a size of a format, or a range of them.</summary>
[StructLayout(LayoutKind.Explicit, Size = 44)]
internal struct V4l2FrameSize
{
    public const uint Discrete = 1;

    [FieldOffset(0)]
    public uint Index;

    [FieldOffset(4)]
    public uint PixelFormat;

    [FieldOffset(8)]
    public uint Type;

    /// <summary>Of a discrete size; of a range its least width.</summary>
    [FieldOffset(12)]
    public uint Width;

    /// <summary>Of a discrete size; of a range its greatest width.</summary>
    [FieldOffset(16)]
    public uint HeightOrMaxWidth;

    [FieldOffset(20)]
    public uint StepWidth;

    [FieldOffset(24)]
    public uint MinHeight;

    [FieldOffset(28)]
    public uint MaxHeight;

    [FieldOffset(32)]
    public uint StepHeight;
}

/// <summary><c>v4l2_frmivalenum</c>: a frame interval of a format and size; of a range, its shortest.</summary>
[StructLayout(LayoutKind.Explicit, Size = 52)]
internal struct V4l2FrameInterval
{
    public const uint Discrete = 1;

    [FieldOffset(0)]
    public uint Index;

    [FieldOffset(4)]
    public uint PixelFormat;

    [FieldOffset(8)]
    public uint Width;

    [FieldOffset(12)]
    public uint Height;

    [FieldOffset(16)]
    public uint Type;

    [FieldOffset(20)]
    public uint Numerator;

    [FieldOffset(24)]
    public uint Denominator;
}

/// <summary><c>v4l2_format</c> with its <c>v4l2_pix_format</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 208)]
internal struct V4l2Format
{
    public const uint Progressive = 1; // V4L2_FIELD_NONE

    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(8)]
    public uint Width;

    [FieldOffset(12)]
    public uint Height;

    [FieldOffset(16)]
    public uint PixelFormat;

    [FieldOffset(20)]
    public uint Field;

    [FieldOffset(24)]
    public uint BytesPerLine;

    [FieldOffset(28)]
    public uint ImageBytes;
}

/// <summary><c>v4l2_streamparm</c> with its <c>v4l2_captureparm</c>: the frame rate.</summary>
[StructLayout(LayoutKind.Explicit, Size = 204)]
internal struct V4l2StreamParameters
{
    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(12)]
    public uint Numerator;

    [FieldOffset(16)]
    public uint Denominator;
}

/// <summary><c>v4l2_requestbuffers</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 20)]
internal struct V4l2BufferRequest
{
    [FieldOffset(0)]
    public uint Count;

    [FieldOffset(4)]
    public uint Type;

    [FieldOffset(8)]
    public uint Memory;
}

/// <summary><c>v4l2_buffer</c>, for memory that the kernel has and we map.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct V4l2Buffer
{
    public const uint Mapped = 1; // V4L2_MEMORY_MMAP
    public const uint IsDamaged = 0x0040; // V4L2_BUF_FLAG_ERROR
    public const uint ClockMask = 0xE000;
    public const uint ClockMonotonic = 0x2000;

    [FieldOffset(0)]
    public uint Index;

    [FieldOffset(4)]
    public uint Type;

    [FieldOffset(8)]
    public uint BytesUsed;

    [FieldOffset(12)]
    public uint Flags;

    /// <summary>Of the monotonic clock, if the flags say so.</summary>
    [FieldOffset(24)]
    public long Seconds;

    [FieldOffset(32)]
    public long Microseconds;

    [FieldOffset(56)]
    public uint Sequence;

    [FieldOffset(60)]
    public uint Memory;

    [FieldOffset(64)]
    public uint Offset;

    [FieldOffset(72)]
    public uint Length;
}
