using AV1Relay.Codecs;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class JpegDecoderTests
{
    [Fact]
    public void A_JPEG_picture_comes_back_in_size_and_brightness_and_a_damaged_one_does_not()
    {
        using var decoder = new JpegDecoder();
        Assert.False(decoder.TryDecode([], out _));
        Assert.False(decoder.TryDecode("no picture"u8, out _));
        Assert.True(decoder.TryDecode(Grey, out var picture));
        Assert.Equal((16, 16, 1, 1), (picture.Width, picture.Height, picture.ChromaShiftX, picture.ChromaShiftY));
        unsafe
        {
            Assert.InRange(*(byte*)picture.Planes.Y, 125, 131);
        }
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "progressive", With(0xC2, at: Find(0xC0) + 1) },
        { "65,535 wide and high", Change(jpeg => jpeg.AsSpan(Find(0xC0) + 5, 4).Fill(0xFF)) },
        { "twelve bits", With(12, at: Find(0xC0) + 4) },
        { "a scan that comes five times", [.. Grey[..^2], .. Scan, .. Scan, .. Scan, .. Scan, .. Grey[^2..]] },
        { "two frames", [.. Grey[..Find(0xDA)], .. Grey[Find(0xC0)..]] },
        { "a scan before its frame", [.. Grey[..Find(0xC0)], .. Grey[Find(0xDA)..]] },
        { "an end before its beginning", [0xFF, 0xD8, 0xFF, 0xD9, .. Grey[2..]] },
        { "a marker that no camera sends", [0xFF, 0xD8, 0xFF, 0xF7, .. Grey[3..]] },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_would_cost_more_than_a_cameras_picture_never_reaches_the_decoder(string what, byte[] picture)
        => Assert.False(JpegMarkers.IsPlain(picture, 4096 * 2304, out _), what);

    [Fact]
    public void What_follows_the_end_is_not_decoded()
    {
        Assert.True(JpegMarkers.IsPlain([.. Grey, .. With(0xC2, at: Find(0xC0) + 1)], 1000, out var length));
        Assert.Equal(Grey.Length, length);
    }

    [Fact]
    public void A_picture_that_is_cut_off_or_has_any_byte_wrong_does_no_harm()
    {
        using var decoder = new JpegDecoder();
        for (var i = 0; i < Grey.Length; i++)
        {
            decoder.TryDecode(Grey.AsSpan(0, i), out _);
            foreach (var wrong in (byte[])[0, 0x7F, 0xC2, 0xFF]) decoder.TryDecode(With(wrong, at: i), out _);
        }

        Assert.True(decoder.TryDecode(Grey, out _));
    }

    private static byte[] Grey => Convert.FromBase64String(GreyJpeg);

    private static byte[] Scan => Grey[Find(0xDA)..^2];

    private static int Find(byte marker) => Grey.AsSpan().IndexOf([(byte)0xFF, marker]);

    private static byte[] With(byte value, int at) => Change(jpeg => jpeg[at] = value);

    private static byte[] Change(Action<byte[]> change)
    {
        var jpeg = Grey;
        change(jpeg);
        return jpeg;
    }

    // 16×16, grey, 4:2:0, put together by hand from ITU-T T.81; without Huffman tables, as USB cameras send their pictures.
    private const string GreyJpeg = "/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAAQABADASIAAhEAAxEA/9oADAMBAAIRAxEAPwAooooA/9k=";
}
