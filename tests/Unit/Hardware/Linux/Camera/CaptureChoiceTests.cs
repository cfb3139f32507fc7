using System.Runtime.CompilerServices;
using AV1Relay.Hardware.Linux.Camera;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Camera;

public sealed class CaptureChoiceTests
{
    private static readonly CaptureMode YuyvSmall = new(PixelFormat.Yuyv, 640, 360, 1, 30);
    private static readonly CaptureMode YuyvLargeSlow = new(PixelFormat.Yuyv, 1280, 720, 1, 10);
    private static readonly CaptureMode JpegLarge = new(PixelFormat.Mjpeg, 1280, 720, 1, 30);
    private static readonly CaptureMode JpegHuge = new(PixelFormat.Mjpeg, 1920, 1080, 1, 30);
    private static readonly CaptureMode YuyvSquarish = new(PixelFormat.Yuyv, 640, 480, 1, 30);

    private static readonly CaptureMode[] UsbCamera = [JpegHuge, JpegLarge, YuyvLargeSlow, YuyvSquarish, YuyvSmall];

    [Fact]
    public void Uncompressed_where_the_bus_gives_the_rate_at_the_wanted_size() => Assert.Equal(YuyvSmall, Choose(UsbCamera, 640, 360));

    [Fact]
    public void JPEG_where_it_does_not() => Assert.Equal(JpegLarge, Choose(UsbCamera, 1280, 720));

    [Fact]
    public void The_smallest_that_is_not_under_the_wanted_size() => Assert.Equal(JpegLarge, Choose(UsbCamera, 800, 450));

    [Fact]
    public void The_largest_where_all_are_under_it() => Assert.Equal(JpegHuge, Choose(UsbCamera, 3840, 2160));

    [Fact]
    public void Without_a_decoder_the_rate_comes_before_the_size() => Assert.Equal(YuyvSquarish, Choose(UsbCamera, 1280, 720, canDecodeJpeg: false));

    [Fact]
    public void Twelve_bits_a_pixel_before_sixteen()
        => Assert.Equal(PixelFormat.Nv12, Choose([YuyvSmall, YuyvSmall with { Format = PixelFormat.Nv12 }], 640, 360)!.Value.Format);

    [Fact]
    public void The_lowest_rate_that_is_enough_and_2997_is_enough()
    {
        Assert.Equal(30u, Choose([YuyvSmall with { Denominator = 60 }, YuyvSmall], 640, 360)!.Value.Denominator);
        Assert.Equal(1001u, Choose([YuyvSmall with { Denominator = 15 }, YuyvSmall with { Numerator = 1001, Denominator = 30_000 }], 640, 360)!.Value.Numerator);
    }

    [Fact]
    public void The_fastest_where_all_are_slow()
        => Assert.Equal(15u, Choose([YuyvSmall with { Denominator = 5 }, YuyvSmall with { Denominator = 15 }, YuyvLargeSlow], 640, 360)!.Value.Denominator);

    [Fact]
    public void None_where_nothing_can_be_read()
    {
        Assert.Null(Choose([], 640, 360));
        Assert.Null(Choose([JpegLarge], 640, 360, canDecodeJpeg: false));
        Assert.Null(Choose([YuyvSmall with { Format = (PixelFormat)0x34363248 }], 640, 360)); // H264
    }

    // Sizes and numbers as the kernel's header gives them on x86-64 (arm64 has the same types).
    [Fact]
    public void Structures_are_laid_out_as_the_kernels()
    {
        Assert.Equal(104, Unsafe.SizeOf<V4l2Capability>());
        Assert.Equal(64, Unsafe.SizeOf<V4l2FormatDescription>());
        Assert.Equal(44, Unsafe.SizeOf<V4l2FrameSize>());
        Assert.Equal(52, Unsafe.SizeOf<V4l2FrameInterval>());
        Assert.Equal(208, Unsafe.SizeOf<V4l2Format>());
        Assert.Equal(204, Unsafe.SizeOf<V4l2StreamParameters>());
        Assert.Equal(20, Unsafe.SizeOf<V4l2BufferRequest>());
        Assert.Equal(88, Unsafe.SizeOf<V4l2Buffer>());
    }

    [Fact]
    public void Calls_have_the_kernels_numbers()
    {
        Assert.Equal(0x80685600, V4l2Request.QueryCapability);
        Assert.Equal(0xC0405602, V4l2Request.ListFormats);
        Assert.Equal(0xC02C564A, V4l2Request.ListSizes);
        Assert.Equal(0xC034564B, V4l2Request.ListIntervals);
        Assert.Equal(0xC0D05605, V4l2Request.SetFormat);
        Assert.Equal(0xC0CC5616, V4l2Request.SetParameters);
        Assert.Equal(0xC0145608, V4l2Request.RequestBuffers);
        Assert.Equal(0xC0585609, V4l2Request.QueryBuffer);
        Assert.Equal(0xC058560F, V4l2Request.Queue);
        Assert.Equal(0xC0585611, V4l2Request.Dequeue);
        Assert.Equal(0x40045612u, V4l2Request.StreamOn);
        Assert.Equal(0x40045613u, V4l2Request.StreamOff);
    }

    [Theory]
    [InlineData(0x56595559, "Yuyv")]
    [InlineData(0x3231564E, "Nv12")]
    [InlineData(0x32315559, "I420")]
    [InlineData(0x47504A4D, "Mjpeg")]
    [InlineData(0x4745504A, "Jpeg")]
    public void Formats_have_the_kernels_four_characters(uint number, string name) => Assert.Equal(name, ((PixelFormat)number).ToString());

    private static CaptureMode? Choose(CaptureMode[] modes, int width, int height, bool canDecodeJpeg = true) => CaptureChoice.Choose(modes, width, height, 30, canDecodeJpeg);
}
