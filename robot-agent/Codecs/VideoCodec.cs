namespace AV1Relay.Codecs;

/// <summary>What the robot can send.</summary>
public enum VideoCodec
{
    /// <summary>Constrained baseline, level 3.1, Annex B, parameter sets in band with every IDR picture.</summary>
    H264,
    Vp8,
}
