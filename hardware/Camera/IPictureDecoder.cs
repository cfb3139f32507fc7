namespace AV1Relay.Hardware.Camera;

/// <summary>Decodes the compressed pictures of a camera. Not thread-safe.</summary>
public interface IPictureDecoder : IDisposable
{
    /// <param name="encoded">One JPEG picture.</param>
    /// <param name="picture">In the decoder's memory, until its next call.</param>
    /// <returns>False: it is damaged.</returns>
    bool TryDecode(ReadOnlySpan<byte> encoded, out PlanarPicture picture);
}
