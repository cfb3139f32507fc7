using AV1Relay.Hardware.Camera;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Camera;

public sealed class PictureScalerTests
{
    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    [InlineData(640, 360)]
    [InlineData(160, 90)]
    [InlineData(914, 514)]
    public void A_ramp_stays_a_ramp_at_any_size(int width, int height)
    {
        using var from = new VideoFrame(width, height);
        using var into = new VideoFrame(640, 360);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) from.Y[(y * from.YStride) + x] = (byte)Math.Round(((x + 0.5) * 100 / width) + ((y + 0.5) * 100 / height));
        }

        from.U.Fill(60);
        from.V.Fill(200);
        new PictureScaler().Scale(PlanarPicture.Of(from), into);
        for (var y = 0; y < 360; y++)
        {
            for (var x = 0; x < 640; x++) Assert.Equal(((x + 0.5) * 100 / 640) + ((y + 0.5) * 100 / 360), into.Y[(y * into.YStride) + x], tolerance: 3);
        }

        Assert.True(Visible(into.U, into.UStride, 320, 180).All(pixel => pixel == 60));
        Assert.True(Visible(into.V, into.VStride, 320, 180).All(pixel => pixel == 200));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(128, 126)]
    [InlineData(255, 235)]
    public void Full_range_becomes_videos(byte full, byte video)
    {
        using var from = new VideoFrame(640, 360);
        using var into = new VideoFrame(640, 360);
        from.Fill(full, 0, 255);
        new PictureScaler().Scale(PlanarPicture.Of(from) with { IsFullRange = true }, into);
        Assert.Equal(video, into.Y[0]);
        Assert.Equal((16, 240), (into.U[0] + 1, into.V[0] + 1)); // one off, which nobody sees
    }

    [Fact]
    public unsafe void YUYV_comes_apart_into_its_planes()
    {
        const int Width = 638; // no whole number of vectors
        var packed = new byte[Width * 2 * 18];
        for (var i = 0; i < packed.Length; i++)
        {
            var row = i / (Width * 2);
            packed[i] = (i % 4) switch { 1 => (byte)(100 + (row % 2 * 10)), 3 => (byte)(200 + (row % 2 * 10)), _ => (byte)(i / 2 % 251) };
        }

        using var into = new VideoFrame(Width, 18);
        fixed (byte* first = packed) PackedPixels.FromYuyv(first, Width * 2, into);
        for (var y = 0; y < 18; y++)
        {
            for (var x = 0; x < Width; x++) Assert.Equal((byte)(((y * Width) + x) % 251), into.Y[(y * into.YStride) + x]);
        }

        Assert.True(Visible(into.U, into.UStride, Width / 2, 9).All(pixel => pixel == 105));
        Assert.True(Visible(into.V, into.VStride, Width / 2, 9).All(pixel => pixel == 205));
    }

    [Fact]
    public unsafe void NV12_comes_apart_into_its_planes()
    {
        const int Width = 638;
        var packed = new byte[Width * 18 * 3 / 2];
        packed.AsSpan(0, Width * 18).Fill(70);
        for (var i = Width * 18; i < packed.Length; i++) packed[i] = (byte)(i % 2 == 0 ? 90 : 160);
        using var into = new VideoFrame(Width, 18);
        fixed (byte* first = packed) PackedPixels.FromNv12(first, first + (Width * 18), Width, into);
        Assert.True(Visible(into.Y, into.YStride, Width, 18).All(pixel => pixel == 70));
        Assert.True(Visible(into.U, into.UStride, Width / 2, 9).All(pixel => pixel == 90));
        Assert.True(Visible(into.V, into.VStride, Width / 2, 9).All(pixel => pixel == 160));
    }

    [Theory]
    [InlineData(1280, 720, 1, 0, 0, 1280, 720)]
    [InlineData(1280, 720, 2, 320, 180, 640, 360)]
    [InlineData(1280, 720, 4, 480, 270, 320, 180)]
    [InlineData(640, 480, 1, 0, 60, 640, 360)] // a squarer lens: above and below is cut
    [InlineData(1600, 720, 1, 160, 0, 1280, 720)]
    [InlineData(1280, 720, 9, 480, 270, 320, 180)]
    [InlineData(1280, 720, double.NaN, 0, 0, 1280, 720)]
    public void Zoom_takes_the_middle_in_the_views_shape(int width, int height, double zoom, int left, int top, int cropWidth, int cropHeight)
        => Assert.Equal(new CropArea(left, top, cropWidth, cropHeight), CropArea.Zoomed(width, height, VideoFormat.Small, zoom));

    [Fact]
    public void Scaling_allocates_nothing_once_it_runs()
    {
        using var from = new VideoFrame(1280, 720);
        using var into = new VideoFrame(640, 360);
        var scaler = new PictureScaler();
        scaler.Scale(PlanarPicture.Of(from), into);
        var before = GC.GetAllocatedBytesForCurrentThread();
        scaler.Scale(PlanarPicture.Of(from), into);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static List<byte> Visible(Span<byte> plane, int stride, int width, int height)
    {
        var pixels = new List<byte>();
        for (var y = 0; y < height; y++) pixels.AddRange(plane.Slice(y * stride, width));
        return pixels;
    }
}
