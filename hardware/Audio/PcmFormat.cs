namespace AV1Relay.Hardware.Audio;

/// <summary>The only sound format inside the robot: 48 kHz, mono, signed 16 bits, 20 ms at a time.</summary>
public static class PcmFormat
{
    public const int SampleRate = 48_000;
    public const int FrameMilliseconds = 20;
    public const int FrameSamples = SampleRate * FrameMilliseconds / 1000;
}
