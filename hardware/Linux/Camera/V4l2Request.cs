using System.Runtime.CompilerServices;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>The numbers of the kernel's calls (linux/videodev2.h), put together as asm-generic/ioctl.h does.</summary>
internal static class V4l2Request
{
    /// <summary>V4L2_BUF_TYPE_VIDEO_CAPTURE.</summary>
    public const uint Capture = 1;

    private const uint Write = 1u << 30;
    private const uint Read = 2u << 30;

    public static readonly uint QueryCapability = Number<V4l2Capability>(Read, 0);
    public static readonly uint ListFormats = Number<V4l2FormatDescription>(Read | Write, 2);
    public static readonly uint SetFormat = Number<V4l2Format>(Read | Write, 5);
    public static readonly uint RequestBuffers = Number<V4l2BufferRequest>(Read | Write, 8);
    public static readonly uint QueryBuffer = Number<V4l2Buffer>(Read | Write, 9);
    public static readonly uint Queue = Number<V4l2Buffer>(Read | Write, 15);
    public static readonly uint Dequeue = Number<V4l2Buffer>(Read | Write, 17);
    public static readonly uint StreamOn = Number<uint>(Write, 18);
    public static readonly uint StreamOff = Number<uint>(Write, 19);
    public static readonly uint SetParameters = Number<V4l2StreamParameters>(Read | Write, 22);
    public static readonly uint ListSizes = Number<V4l2FrameSize>(Read | Write, 74);
    public static readonly uint ListIntervals = Number<V4l2FrameInterval>(Read | Write, 75);

    private static uint Number<T>(uint direction, uint number) => direction | ((uint)Unsafe.SizeOf<T>() << 16) | ('V' << 8) | number;
}
