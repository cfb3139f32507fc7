namespace AV1Relay.Hardware.Camera;

/// <summary>A picture of three planes in memory that somebody else owns and that does not move.</summary>
/// <param name="Y">First byte of luma.</param>
/// <param name="YStride">Bytes from row to row.</param>
/// <param name="U">First byte.</param>
/// <param name="V">First byte.</param>
/// <param name="ChromaStride">Bytes from row to row, of U and V.</param>
/// <param name="Width">Pixels of luma.</param>
/// <param name="Height">Pixels of luma.</param>
/// <param name="ChromaShiftX">1: a pixel of chroma is as wide as two of luma; 0: as one.</param>
/// <param name="ChromaShiftY">Likewise for the height.</param>
/// <param name="IsFullRange">Black is 0 and white 255, as in JPEG; else 16 and 235, as in video.</param>
public readonly record struct PlanarPicture(
    nint Y, int YStride, nint U, nint V, int ChromaStride, int Width, int Height, int ChromaShiftX = 1, int ChromaShiftY = 1, bool IsFullRange = false)
{
    public int ChromaWidth => Width >> ChromaShiftX;

    public int ChromaHeight => Height >> ChromaShiftY;

    public static PlanarPicture Of(VideoFrame frame) => new(frame.YPointer, frame.YStride, frame.UPointer, frame.VPointer, frame.UStride, frame.Width, frame.Height);

    /// <summary>A part of it, in the same memory.</summary>
    public PlanarPicture Crop(in CropArea area)
    {
        var chroma = ((area.Top >> ChromaShiftY) * ChromaStride) + (area.Left >> ChromaShiftX);
        return this with { Y = Y + (area.Top * YStride) + area.Left, U = U + chroma, V = V + chroma, Width = area.Width, Height = area.Height };
    }
}
