using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>What the engine really does, at one moment.</summary>
/// <param name="CameraLive">The camera is open.</param>
/// <param name="MicrophoneLive">The microphone is open.</param>
/// <param name="Connected">The path to the relay is up and authenticated.</param>
/// <param name="VideoCodec">"H264" or "VP8"; null while no picture is being encoded.</param>
/// <param name="VideoEncoder">As FFmpeg knows it; null while no picture is being encoded.</param>
/// <param name="Width">Pixels; 0 while there is no camera.</param>
/// <param name="Height">Pixels; 0 while there is no camera.</param>
/// <param name="BitrateBps">What the video encoder aims at.</param>
/// <param name="EncodeMsP50">Capture to encoded frame, median of the last seconds, ms.</param>
/// <param name="JitterBufferMs">How much of the pupil's voice waits to be played, ms.</param>
/// <param name="FramesEncoded">Since start.</param>
/// <param name="KeyFramesForced">Since start, to answer requests.</param>
/// <param name="Speaker">What the speaker plays, where it can tell.</param>
/// <param name="LightHint">What is worth telling about the light where the robot looks; none while there is no camera.</param>
/// <param name="Faults">In words for the teacher; empty when all is well.</param>
public sealed record MediaStatus(
    bool CameraLive, bool MicrophoneLive, bool Connected, string? VideoCodec, string? VideoEncoder, int Width, int Height, int BitrateBps, double EncodeMsP50,
    double JitterBufferMs, long FramesEncoded, long KeyFramesForced, SpeakerReading? Speaker, LightHint LightHint, IReadOnlyList<string> Faults);
