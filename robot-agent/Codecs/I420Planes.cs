namespace AV1Relay.Codecs;

/// <summary>Where the three planes of a picture lie in memory that does not move: addresses of first bytes, and bytes from row to row.</summary>
/// <param name="Y">Luma, full size.</param>
/// <param name="YStride">Bytes.</param>
/// <param name="U">Chroma, half size both ways.</param>
/// <param name="UStride">Bytes.</param>
/// <param name="V">Chroma, half size both ways.</param>
/// <param name="VStride">Bytes.</param>
public readonly record struct I420Planes(nint Y, int YStride, nint U, int UStride, nint V, int VStride)
{
    /// <summary>Copies a picture; sizes are the caller's promise about both sides.</summary>
    internal static unsafe void Copy(in I420Planes from, in I420Planes to, int width, int height)
    {
        CopyPlane(from.Y, from.YStride, to.Y, to.YStride, width, height);
        CopyPlane(from.U, from.UStride, to.U, to.UStride, width / 2, height / 2);
        CopyPlane(from.V, from.VStride, to.V, to.VStride, width / 2, height / 2);
    }

    private static unsafe void CopyPlane(nint from, int fromStride, nint to, int toStride, int width, int height)
    {
        for (var row = 0; row < height; row++)
        {
            new ReadOnlySpan<byte>((byte*)from + ((long)row * fromStride), width)
                .CopyTo(new Span<byte>((byte*)to + ((long)row * toStride), width));
        }
    }
}
