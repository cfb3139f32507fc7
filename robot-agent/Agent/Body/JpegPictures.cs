using AV1Relay.Codecs;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Body;

/// <summary>Lets cameras compress: their pictures are decoded by FFmpeg.</summary>
internal sealed class JpegPictures : IPictureDecoder
{
    private readonly JpegDecoder _decoder = new();

    /// <summary>Null: this computer's FFmpeg can't, and cameras are used uncompressed.</summary>
    public static JpegPictures? OpenOrNull()
    {
        try
        {
            return new();
        }
        catch (CodecException)
        {
            return null;
        }
    }

    public bool TryDecode(ReadOnlySpan<byte> encoded, out PlanarPicture picture)
    {
        picture = default;
        try
        {
            if (!_decoder.TryDecode(encoded, out var decoded)) return false;
            var planes = decoded.Planes;
            if (planes.UStride != planes.VStride || planes.YStride <= 0 || planes.UStride <= 0) return false;
            picture = new(planes.Y, planes.YStride, planes.U, planes.V, planes.UStride, decoded.Width, decoded.Height, decoded.ChromaShiftX, decoded.ChromaShiftY, IsFullRange: true);
            return true;
        }
        catch (CodecException problem)
        {
            throw new HardwareException(problem.Message, problem);
        }
    }

    public void Dispose() => _decoder.Dispose();
}
