using AV1Relay.Codecs;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class JpegDecoderTests
{
    [Fact]
    public void A_JPEG_picture_comes_back_in_size_and_brightness_and_a_damaged_one_does_not()
    {
        var jpeg = Convert.FromBase64String(GreyJpeg);
        using var decoder = new JpegDecoder();
        Assert.False(decoder.TryDecode([], out _));
        Assert.False(decoder.TryDecode("no picture"u8, out _));
        Assert.True(decoder.TryDecode(jpeg, out var picture));
        Assert.Equal((16, 16, 1, 1), (picture.Width, picture.Height, picture.ChromaShiftX, picture.ChromaShiftY));
        unsafe
        {
            Assert.InRange(*(byte*)picture.Planes.Y, 125, 131);
        }
    }

    // 16×16, grey, 4:2:0, put together by hand from ITU-T T.81; without Huffman tables, as USB cameras send their pictures.
    private const string GreyJpeg = "/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAAQABADASIAAhEAAxEA/9oADAMBAAIRAxEAPwAooooA/9k=";
}
