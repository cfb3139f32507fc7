using System.Numerics;
using System.Runtime.InteropServices;
using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>The whole room painted once, all the way round, in three sizes; a picture is a piece of it, scaled.</summary>
/// <remarks>Pixels are proportional to degrees, as on a mural round the robot. Rows hold one column more than the circle, the first again,
/// so that scaling never has to look for its right neighbour on the other side. Never changes once painted, so that every virtual
/// classroom of a process shares the one, 42 MB, for as long as the process lives.</remarks>
internal sealed unsafe class Panorama
{
    public const float PixelsPerDegree = 24; // at zoom 1 and 1280 pixels the lens needs 17
    public const float Left = -180;
    public const float Top = -54; // degrees, y down
    public const float Bottom = 48;

    private const int Levels = 3;
    private static readonly Lazy<Panorama> Shared = new(() => new Panorama(PaintRoom));

    private readonly Plane[] _luma = new Plane[Levels];
    private readonly Plane[] _u = new Plane[Levels];
    private readonly Plane[] _v = new Plane[Levels];

    private Panorama(Action<Canvas> paint)
    {
        const int Width = (int)(360 * PixelsPerDegree);
        const int Height = (int)((Bottom - Top) * PixelsPerDegree);
        for (var level = 0; level < Levels; level++)
        {
            _luma[level] = new Plane(Width >> level, Height >> level);
            _u[level] = new Plane(Width >> (level + 1), Height >> (level + 1));
            _v[level] = new Plane(Width >> (level + 1), Height >> (level + 1));
        }

        var canvas = new Canvas(new Rasteriser());
        var surface = new Surface(_luma[0].Data, _luma[0].Stride, _u[0].Data, _v[0].Data, _u[0].Stride, Width, Height);
        canvas.Attach(surface, new Vector2(Left, Top), PixelsPerDegree);
        paint(canvas);
        foreach (var planes in (Plane[][])[_luma, _u, _v])
        {
            planes[0].CloseCircle();
            for (var level = 1; level < Levels; level++)
            {
                planes[level].Halve(planes[level - 1]);
                planes[level].CloseCircle();
            }
        }
    }

    /// <summary>Painted by whoever asks first, in about half a second.</summary>
    public static Panorama Instance => Shared.Value;

    /// <summary>Copies the piece with its top left corner at <paramref name="origin"/> (degrees), scaled to the frame.</summary>
    public void Show(VideoFrame frame, Vector2 origin, float pixelsPerDegree, Scratch scratch)
    {
        // The smallest size that still has a pixel for each of the picture's: less would blur, more would glitter.
        var level = 0;
        while (level < Levels - 1 && PixelsPerDegree / (1 << (level + 1)) >= pixelsPerDegree)
        {
            level++;
        }

        scratch.Fit(frame.Width);
        var surface = Surface.Of(frame);
        var scale = PixelsPerDegree / (1 << level);
        Scale(_luma[level], surface.YRow(0), frame.YStride, frame.Width, frame.Height, origin, pixelsPerDegree, scale, scratch);
        Scale(_u[level], surface.URow(0), frame.UStride, frame.Width / 2, frame.Height / 2, origin, pixelsPerDegree / 2, scale / 2, scratch);
        Scale(_v[level], surface.VRow(0), frame.VStride, frame.Width / 2, frame.Height / 2, origin, pixelsPerDegree / 2, scale / 2, scratch);
    }

    private static void PaintRoom(Canvas canvas)
    {
        Room.Paint(canvas);
        FrontWall.Paint(canvas);
        SideWalls.Paint(canvas);
        Desks.Paint(canvas);
    }

    private static void Scale(
        in Plane source, byte* target, int targetStride, int width, int height, Vector2 origin, float targetScale, float sourceScale,
        Scratch scratch)
    {
        var step = sourceScale / targetScale;
        var x = ((origin.X - Left) * sourceScale) + (step / 2) - 0.5;
        for (var i = 0; i < width; i++)
        {
            var at = x + (step * i);
            at -= Math.Floor(at / source.Width) * source.Width; // round the circle
            scratch.Columns[i] = Math.Min((int)at, source.Width - 1);
            scratch.Shares[i] = (byte)((at - scratch.Columns[i]) * 256);
        }

        var y = ((origin.Y - Top) * sourceScale) + (step / 2) - 0.5;
        fixed (int* columns = scratch.Columns)
        fixed (byte* shares = scratch.Shares)
        {
            for (var row = 0; row < height; row++)
            {
                var at = Math.Clamp(y + (step * row), 0, source.Height - 1.001);
                ScaleRow(source.Data + ((long)(int)at * source.Stride), source.Stride, (int)((at - (int)at) * 256), columns, shares,
                    target + ((long)row * targetStride), width);
            }
        }
    }

    private static void ScaleRow(byte* source, int stride, int lowerShare, int* columns, byte* shares, byte* target, int width)
    {
        var upperShare = 256 - lowerShare;
        for (var i = 0; i < width; i++)
        {
            var upper = source + columns[i];
            var lower = upper + stride;
            var left = (upper[0] * upperShare) + (lower[0] * lowerShare);
            var right = (upper[1] * upperShare) + (lower[1] * lowerShare);
            target[i] = (byte)(((left << 8) + ((right - left) * shares[i]) + 32768) >> 16);
        }
    }

    /// <summary>Which column of the panorama each column of a picture comes from. One a reader.</summary>
    internal sealed class Scratch
    {
        public int[] Columns { get; private set; } = [];

        /// <summary>Of the column's right neighbour, in 256ths.</summary>
        public byte[] Shares { get; private set; } = [];

        public void Fit(int width)
        {
            if (Columns.Length < width)
            {
                Columns = new int[width];
                Shares = new byte[width];
            }
        }
    }

    private readonly struct Plane
    {
        public Plane(int width, int height)
        {
            Width = width;
            Height = height;
            Stride = width + 1;
            Data = (byte*)NativeMemory.Alloc((nuint)(Stride * height));
        }

        public int Width { get; }

        public int Height { get; }

        public int Stride { get; }

        public byte* Data { get; }

        public void CloseCircle()
        {
            for (var row = 0; row < Height; row++)
            {
                Data[((long)row * Stride) + Width] = Data[(long)row * Stride];
            }
        }

        public void Halve(in Plane larger)
        {
            for (var row = 0; row < Height; row++)
            {
                var upper = larger.Data + ((long)row * 2 * larger.Stride);
                var lower = upper + larger.Stride;
                var target = Data + ((long)row * Stride);
                for (var i = 0; i < Width; i++)
                {
                    target[i] = (byte)((upper[2 * i] + upper[(2 * i) + 1] + lower[2 * i] + lower[(2 * i) + 1] + 2) >> 2);
                }
            }
        }
    }
}
