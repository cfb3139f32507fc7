namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>Asks a video node in which ways it can give pictures.</summary>
internal static class CaptureModes
{
    // Drivers end their lists themselves; these only bound one that does not.
    private const uint MostFormats = 32;
    private const uint MostSizes = 128;
    private const uint MostIntervals = 64;
    private const int LargestSide = 8192;

    /// <param name="node">Open.</param>
    /// <param name="wanted">Where a driver has a range of sizes, the one nearest to this.</param>
    public static IReadOnlyList<CaptureMode> List(IVideoNode node, VideoFormatWish wanted)
    {
        var modes = new List<CaptureMode>();
        for (uint index = 0; index < MostFormats; index++)
        {
            var format = new V4l2FormatDescription { Index = index, Type = V4l2Request.Capture };
            if (node.Call(V4l2Request.ListFormats, ref format) != 0) break;
            if (((PixelFormat)format.PixelFormat).IsKnown()) AddSizes(node, (PixelFormat)format.PixelFormat, wanted, modes);
        }

        return modes;
    }

    private static void AddSizes(IVideoNode node, PixelFormat format, VideoFormatWish wanted, List<CaptureMode> modes)
    {
        for (uint index = 0; index < MostSizes; index++)
        {
            var size = new V4l2FrameSize { Index = index, PixelFormat = (uint)format };
            if (node.Call(V4l2Request.ListSizes, ref size) != 0) return;
            if (size.Type == V4l2FrameSize.Discrete)
            {
                AddRates(node, format, size.Width, size.HeightOrMaxWidth, wanted, modes);
                continue;
            }

            var width = Nearest((uint)wanted.Width, size.Width, size.HeightOrMaxWidth, size.StepWidth);
            var height = Nearest((uint)wanted.Height, size.MinHeight, size.MaxHeight, size.StepHeight);
            AddRates(node, format, width, height, wanted, modes);
            return;
        }
    }

    private static void AddRates(IVideoNode node, PixelFormat format, uint width, uint height, VideoFormatWish wanted, List<CaptureMode> modes)
    {
        if (width is 0 or > LargestSide || height is 0 or > LargestSide) return;
        var hasRate = false;
        for (uint index = 0; index < MostIntervals; index++)
        {
            var interval = new V4l2FrameInterval { Index = index, PixelFormat = (uint)format, Width = width, Height = height };
            if (node.Call(V4l2Request.ListIntervals, ref interval) != 0) break;
            hasRate = true;
            if (interval.Type == V4l2FrameInterval.Discrete)
            {
                modes.Add(new(format, (int)width, (int)height, interval.Numerator, interval.Denominator));
                continue;
            }

            // A range: any rate up to that of the shortest interval.
            var fastest = new CaptureMode(format, (int)width, (int)height, interval.Numerator, interval.Denominator);
            modes.Add(fastest.FramesPerSecond > wanted.FramesPerSecond ? fastest with { Numerator = 1, Denominator = (uint)wanted.FramesPerSecond } : fastest);
            return;
        }

        // A driver that knows no rates has one of its own: what it is shows when it runs.
        if (!hasRate) modes.Add(new(format, (int)width, (int)height, 1, (uint)wanted.FramesPerSecond));
    }

    private static uint Nearest(uint wanted, uint least, uint most, uint step)
    {
        if (least > most) return 0;
        if (wanted <= least) return least;
        step = Math.Max(1, step);
        var up = least + (uint)(((ulong)(wanted - least) + step - 1) / step * step);
        return up <= most ? up : least + ((most - least) / step * step);
    }
}

/// <param name="Width">Pixels, at least, where the camera can.</param>
/// <param name="Height">Pixels, at least, where the camera can.</param>
/// <param name="FramesPerSecond">At least, where the camera can.</param>
internal readonly record struct VideoFormatWish(int Width, int Height, int FramesPerSecond);
