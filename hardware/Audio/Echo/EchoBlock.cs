namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>The sizes that the stages of echo cancelling share.</summary>
internal static class EchoBlock
{
    /// <summary>Samples that are worked on at a time: 10 ms. A frame is two.</summary>
    public const int Samples = PcmFormat.FrameSamples / 2;

    /// <summary>Samples of a transform: the power of two over two blocks.</summary>
    public const int TransformSamples = 1024;

    /// <summary>Frequencies of a transform, 0 to 24 kHz, 47 Hz apart.</summary>
    public const int Bins = (TransformSamples / 2) + 1;
}
