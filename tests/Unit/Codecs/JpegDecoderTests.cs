using System.Buffers.Binary;
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
        // A decoder goes on from the last byte that it used of a segment, not from the segment's end.
        { "a frame in a table that is too short", Before(0xDB, [0xFF, 0xDB, 0, 66, .. HugeFrame, .. new byte[64 - HugeFrame.Length]]) },
        { "a frame after a table's end", Before(0xC0, [0xFF, 0xDB, 0, 86, 0, .. Ones(64), .. HugeFrame]) },
        { "a frame after a table of 16 bits", Before(0xC0, [0xFF, 0xDB, 0, 150, 0x10, .. Ones(128), .. HugeFrame]) },
        { "a frame in a table of 24 bits", Before(0xC0, [0xFF, 0xDB, 0, 67, 0x20, .. HugeFrame, .. new byte[64 - HugeFrame.Length]]) },
        { "a frame in a fifth table", Before(0xC0, [0xFF, 0xDB, 0, 67, 4, .. HugeFrame, .. new byte[64 - HugeFrame.Length]]) },
        { "a frame after a Huffman table's end", Before(0xC0, [0xFF, 0xC4, 0, 39, .. HuffmanTable(0), .. HugeFrame]) },
        { "a Huffman table that goes on after its segment", Before(0xC0, [0xFF, 0xC4, 0, 19, .. HuffmanTable(0)[..17]]) },
        { "a frame after a restart interval", Before(0xC0, [0xFF, 0xDD, 0, 23, 0, 1, .. HugeFrame]) },
        { "a frame header with more than its components", [.. Grey[..(Find(0xC0) + 2)], 0, 17 + 19, .. Grey[(Find(0xC0) + 4)..Find(0xDA)], .. HugeFrame, .. Grey[Find(0xDA)..]] },
        { "a frame after a scan's header", [.. Grey[..(Find(0xDA) + 2)], 0, 12 + 19, .. Grey[(Find(0xDA) + 4)..(Find(0xDA) + 14)], .. HugeFrame, .. Grey[(Find(0xDA) + 14)..]] },
        { "a frame in a scan's header", [.. Grey[..(Find(0xDA) + 7)], 0xFF, 0xC0, .. Grey[(Find(0xDA) + 9)..]] },
        { "application data that is too short for any", Before(0xDB, [0xFF, 0xE0, 0, 4, 0xFF, 0xC0]) },
        { "bytes between two segments", Before(0xDB, [0, 0, 0]) },
        { "a restart before the scan", Before(0xDB, [0xFF, 0xD0]) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_would_cost_more_than_a_cameras_picture_never_reaches_the_decoder(string what, byte[] picture)
        => Assert.False(JpegMarkers.IsPlain(picture, 4096 * 2304, out _), what);

    public static TheoryData<string, byte[]> CamerasPictures => new()
    {
        { "without Huffman tables", Grey },
        { "with Huffman tables, in one segment or several", Before(0xDA, [0xFF, 0xC4, 0, 42, .. HuffmanTable(0), .. HuffmanTable(0x10), 0xFF, 0xC4, 0, 22, .. HuffmanTable(0x11)]) },
        { "both quantization tables in one segment", Before(0xC0, [0xFF, 0xDB, 0, 132, 0, .. Ones(64), 1, .. Ones(64)]) },
        { "application data and comments", Before(0xDB, [0xFF, 0xE0, 0, 6, 1, 2, 3, 4, 0xFF, 0xE0, 0, 16, .. "AVI1"u8, .. new byte[10], 0xFF, 0xFE, 0, 2, 0xFF, 0xFE, 0, 5, 1, 2, 3]) },
        { "fill before markers", Before(0xDB, [0xFF, 0xFF, 0xFF]) },
        { "a restart interval", Before(0xDA, [0xFF, 0xDD, 0, 4, 0, 1]) },
        { "restarts and bytes of 255 in the scan", [.. Grey[..^2], 0xFF, 0, 0xFF, 0xD0, 0x80, .. Grey[^2..]] },
        { "filled up after its end", [.. Grey, .. new byte[500]] },
        { "without an end", Grey[..^2] },
    };

    [Theory]
    [MemberData(nameof(CamerasPictures))]
    public void What_cameras_send_is_let_through(string what, byte[] picture)
        => Assert.True(JpegMarkers.IsPlain(picture, 4096 * 2304, out _), what);

    [Fact]
    public void What_follows_the_end_is_not_decoded()
    {
        Assert.True(JpegMarkers.IsPlain([.. Grey, .. With(0xC2, at: Find(0xC0) + 1)], 1000, out var length));
        Assert.Equal(Grey.Length, length);
    }

    [Fact]
    public void What_follows_the_end_makes_no_size_believable()
    {
        using var decoder = new JpegDecoder();
        var large = Sized(1280, 720); // FFmpeg decodes it when there are bytes enough for so many blocks
        Assert.True(decoder.TryDecode([.. large[..^2], .. new byte[4000], .. large[^2..]], out _));
        Assert.False(decoder.TryDecode([.. large, .. new byte[4000]], out _));
    }

    [Theory]
    [InlineData(2304, true)]
    [InlineData(2305, false)]
    public void FFmpeg_itself_takes_the_largest_picture_and_none_that_is_larger(ushort height, bool isTaken)
    {
        using var decoder = new JpegDecoder();
        var large = Sized(4096, height);
        Assert.Equal(isTaken, decoder.TryDecodeUnseen([.. large[..^2], .. new byte[50_000], .. large[^2..]], out _));
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

    internal static byte[] Grey => Convert.FromBase64String(GreyJpeg);

    private static byte[] Scan => Grey[Find(0xDA)..^2];

    /// <summary>65,535 wide and high.</summary>
    private static byte[] HugeFrame => [0xFF, 0xC0, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];

    private static byte[] Ones(int count)
    {
        var ones = new byte[count];
        Array.Fill(ones, (byte)1);
        return ones;
    }

    /// <summary>Three codes of two bits.</summary>
    private static byte[] HuffmanTable(byte number) => [number, 0, 3, .. new byte[14], 0, 1, 2];

    private static byte[] Before(byte marker, byte[] segment) => [.. Grey[..Find(marker)], .. segment, .. Grey[Find(marker)..]];

    private static int Find(byte marker) => Grey.AsSpan().IndexOf([(byte)0xFF, marker]);

    private static byte[] With(byte value, int at) => Change(jpeg => jpeg[at] = value);

    private static byte[] Sized(ushort width, ushort height) => Change(jpeg =>
    {
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(Find(0xC0) + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(Find(0xC0) + 7), width);
    });

    private static byte[] Change(Action<byte[]> change)
    {
        var jpeg = Grey;
        change(jpeg);
        return jpeg;
    }

    // 16×16, grey, 4:2:0, put together by hand from ITU-T T.81; without Huffman tables, as USB cameras send their pictures.
    private const string GreyJpeg = "/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAAQABADASIAAhEAAxEA/9oADAMBAAIRAxEAPwAooooA/9k=";
}
