namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>How a camera packs its pixels: the four characters that the kernel knows it by. Others are not taken.</summary>
internal enum PixelFormat : uint
{
    /// <summary>Y U Y V, 16 bits a pixel: what USB cameras give uncompressed.</summary>
    Yuyv = 'Y' | ('U' << 8) | ('Y' << 16) | ((uint)'V' << 24),

    /// <summary>A plane of luma and one of U V pairs, 12 bits a pixel.</summary>
    Nv12 = 'N' | ('V' << 8) | ('1' << 16) | ((uint)'2' << 24),

    /// <summary>Three planes, 12 bits a pixel (<c>YU12</c>).</summary>
    I420 = 'Y' | ('U' << 8) | ('1' << 16) | ((uint)'2' << 24),

    /// <summary>A JPEG picture each.</summary>
    Mjpeg = 'M' | ('J' << 8) | ('P' << 16) | ((uint)'G' << 24),

    /// <summary>The same by the name that some drivers have for it.</summary>
    Jpeg = 'J' | ('P' << 8) | ('E' << 16) | ((uint)'G' << 24),
}

internal static class PixelFormats
{
    public static bool IsKnown(this PixelFormat format) => format is PixelFormat.Yuyv or PixelFormat.Nv12 or PixelFormat.I420 || format.IsCompressed();

    public static bool IsCompressed(this PixelFormat format) => format is PixelFormat.Mjpeg or PixelFormat.Jpeg;
}
