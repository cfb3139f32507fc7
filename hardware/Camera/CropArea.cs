namespace AV1Relay.Hardware.Camera;

/// <summary>A part of a picture, in pixels; all even, so that chroma can be cut too.</summary>
/// <param name="Left">From the left edge.</param>
/// <param name="Top">From the upper edge.</param>
/// <param name="Width">Of the part.</param>
/// <param name="Height">Of the part.</param>
public readonly record struct CropArea(int Left, int Top, int Width, int Height)
{
    private const int SmallestSide = 16;

    /// <summary>What a zoomed view shows of a camera's picture: the middle of it, in the view's shape.</summary>
    /// <remarks>The middle of the view stays the middle of the lens: the head turns it. A shape that differs is cut, not framed: black bars
    /// cost bits and show nothing.</remarks>
    /// <param name="width">Of the camera's picture, at least 16.</param>
    /// <param name="height">Of the camera's picture, at least 16.</param>
    /// <param name="view">What comes out; its shape counts.</param>
    /// <param name="zoom">Of the view's width; outside of <see cref="ViewPose.MinZoom"/> to <see cref="ViewPose.MaxZoom"/> it is the nearer of them.</param>
    public static CropArea Zoomed(int width, int height, VideoFormat view, double zoom)
    {
        // The whole lens in the view's shape: full width or full height, whichever is reached first.
        var isWide = (long)width * view.Height > (long)height * view.Width;
        var wholeWidth = isWide ? (double)height * view.Width / view.Height : width;
        var wholeHeight = isWide ? height : (double)width * view.Height / view.Width;
        var factor = double.IsFinite(zoom) ? Math.Clamp(zoom, ViewPose.MinZoom, ViewPose.MaxZoom) : ViewPose.MinZoom;
        var (cropWidth, cropHeight) = (Even(wholeWidth / factor, width), Even(wholeHeight / factor, height));
        return new((width - cropWidth) / 4 * 2, (height - cropHeight) / 4 * 2, cropWidth, cropHeight);
    }

    private static int Even(double side, int limit) => Math.Clamp((int)Math.Round(side / 2) * 2, Math.Min(SmallestSide, limit / 2 * 2), limit / 2 * 2);
}
