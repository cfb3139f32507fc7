namespace AV1Relay.Codecs;

/// <summary>Turns pictures into frames, each as soon as it has gone in. Not thread-safe.</summary>
public interface IVideoEncoder : IDisposable
{
    /// <summary>Whether another bitrate takes effect without a keyframe.</summary>
    bool ChangesInPlace { get; }

    /// <summary>What the encoder now aims at, bits/s. For all but libx264 it may differ from what was asked for by up to 20 %.</summary>
    int BitrateBps { get; }

    /// <summary>Encodes one picture; its frame comes out at once.</summary>
    /// <param name="planes">Of the encoder's size; copied before this returns.</param>
    /// <param name="pts">In frame intervals. One that does not rise is counted on from the last.</param>
    /// <param name="forceKeyFrame">To answer a PLI.</param>
    /// <param name="destination">At least <see cref="VideoEncoder.MaxFrameBytes"/>.</param>
    /// <param name="length">Of the frame; an Annex B access unit or a VP8 frame.</param>
    /// <param name="isKey">Can be decoded without what came before.</param>
    /// <returns>False when the encoder kept the picture back, which it does not do as it is set up here.</returns>
    /// <exception cref="CodecException">The encoder failed, or the frame does not fit.</exception>
    bool Encode(in I420Planes planes, long pts, bool forceKeyFrame, Span<byte> destination, out int length, out bool isKey);

    /// <summary>Aims at another bitrate from the next picture on.</summary>
    /// <exception cref="CodecException">The encoder refuses; it goes on as before.</exception>
    void SetBitrate(int bitrateBps);
}
