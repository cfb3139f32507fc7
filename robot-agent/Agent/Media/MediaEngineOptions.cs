using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.WebRtc.CongestionControl;

namespace AV1Relay.RobotAgent.Media;

/// <param name="Format">Of the picture; <see cref="IMediaDevices.OpenCameraAsync"/> gives sources of this format.</param>
/// <param name="ForcedCodec">Null chooses: H.264, or VP8 where the pupil's device needs it.</param>
public sealed record MediaEngineOptions(VideoFormat Format, VideoCodec? ForcedCodec)
{
    private const int LeastBps = 50_000;

    /// <summary>How the encoders did at this size; null: they are tried.</summary>
    public IReadOnlyList<EncoderFinding>? Findings { get; init; }

    /// <summary>Between what the picture stays, by its size: it begins at half of what is usual, which is also the most.</summary>
    public BandwidthLimits Limits => new(LeastBps, UsualBitrateBps(Format) / 2, UsualBitrateBps(Format));

    /// <summary>Below this each picture would be a blur, bits/s: fewer pictures are sent instead.</summary>
    public int FullFrameRateBps => UsualBitrateBps(Format) / 8;

    /// <summary>Enough for a classroom's picture at this size, bits/s: 1.2 Mbit/s at 640×360, 2.5 Mbit/s at 1280×720.</summary>
    public static int UsualBitrateBps(VideoFormat format) => format.Width * format.Height > 640 * 480 ? 2_500_000 : 1_200_000;
}
