using AV1Relay.Hardware.Camera;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>From a camera's bytes to the view: what zoom leaves of the picture, taken apart into planes, at the encoder's size.</summary>
/// <remarks>Cut first: what is not shown costs nothing.</remarks>
internal sealed unsafe class PicturePreparation(CaptureMode mode, int stride, VideoFormat view, Func<double> zoom, IPictureDecoder? decoder) : IDisposable
{
    private readonly PictureScaler _scaler = new();
    private VideoFrame? _cut;

    /// <returns>False: the picture is damaged.</returns>
    public bool TryPrepare(in CapturedPicture picture, VideoFrame into)
    {
        if (mode.Format.IsCompressed())
        {
            if (decoder is null || !decoder.TryDecode(new ReadOnlySpan<byte>((void*)picture.Start, picture.Length), out var decoded) || decoded is not { Width: >= 16, Height: >= 16 }) return false;
            _scaler.Scale(decoded.Crop(CropArea.Zoomed(decoded.Width, decoded.Height, view, zoom())), into);
            return true;
        }

        if (picture.Length < Needed()) return false;
        var area = CropArea.Zoomed(mode.Width, mode.Height, view, zoom());
        var start = (byte*)picture.Start;
        if (mode.Format == PixelFormat.I420)
        {
            var chroma = start + ((long)stride * mode.Height);
            var planes = new PlanarPicture((nint)start, stride, (nint)chroma, (nint)(chroma + ((long)(stride / 2) * (mode.Height / 2))), stride / 2, mode.Width, mode.Height);
            _scaler.Scale(planes.Crop(area), into);
            return true;
        }

        var isWhole = (area.Width, area.Height) == (into.Width, into.Height);
        var cut = isWhole ? into : CutFrame(area);
        if (mode.Format == PixelFormat.Yuyv)
        {
            PackedPixels.FromYuyv(start + ((long)area.Top * stride) + (area.Left * 2), stride, cut);
        }
        else
        {
            var chroma = start + ((long)stride * mode.Height);
            PackedPixels.FromNv12(start + ((long)area.Top * stride) + area.Left, chroma + ((long)(area.Top / 2) * stride) + area.Left, stride, cut);
        }

        if (!isWhole) _scaler.Scale(PlanarPicture.Of(cut), into);
        return true;
    }

    public void Dispose()
    {
        _cut?.Dispose();
        decoder?.Dispose();
    }

    private long Needed() => mode.Format == PixelFormat.Yuyv ? (long)stride * mode.Height : (long)stride * mode.Height * 3 / 2;

    /// <summary>Made anew only when zoom changes.</summary>
    private VideoFrame CutFrame(in CropArea area)
    {
        if (_cut is not null && (_cut.Width, _cut.Height) == (area.Width, area.Height)) return _cut;
        _cut?.Dispose();
        return _cut = new VideoFrame(area.Width, area.Height);
    }
}
