namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>I420 planes to draw on; somebody else owns the memory.</summary>
internal readonly unsafe struct Surface(byte* y, int yStride, byte* u, byte* v, int chromaStride, int width, int height)
{
    public int Width => width;

    public int Height => height;

    public byte* YRow(int row) => y + ((long)row * yStride);

    public byte* URow(int chromaRow) => u + ((long)chromaRow * chromaStride);

    public byte* VRow(int chromaRow) => v + ((long)chromaRow * chromaStride);

    public static Surface Of(VideoFrame frame) => new(
        (byte*)frame.YPointer, frame.YStride, (byte*)frame.UPointer, (byte*)frame.VPointer, frame.UStride, frame.Width, frame.Height);
}
