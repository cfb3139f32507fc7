using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>The first fields of <c>AVFrame</c>, the same from 5.x to 8.x. Nothing behind them is touched.</summary>
/// <remarks><c>pict_type</c> is left out: its place depends on the major (<see cref="FFmpegVersion.PictureTypeOffset"/>).</remarks>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVFrame
{
    [FieldOffset(0)]
    public byte* Data0;

    [FieldOffset(8)]
    public byte* Data1;

    [FieldOffset(16)]
    public byte* Data2;

    [FieldOffset(64)]
    public fixed int LineSize[8];

    [FieldOffset(104)]
    public int Width;

    [FieldOffset(108)]
    public int Height;

    [FieldOffset(112)]
    public int SampleCount;

    [FieldOffset(116)]
    public int Format;

    [FieldOffset(136)]
    public long Pts;

    public I420Planes Planes => new((nint)Data0, LineSize[0], (nint)Data1, LineSize[1], (nint)Data2, LineSize[2]);
}

/// <summary>The first fields of <c>AVPacket</c>.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVPacket
{
    public const int FlagKey = 1;

    [FieldOffset(8)]
    public long Pts;

    [FieldOffset(16)]
    public long Dts;

    [FieldOffset(24)]
    public byte* Data;

    [FieldOffset(32)]
    public int Size;

    [FieldOffset(40)]
    public int Flags;
}
