namespace AV1Relay.WebRtc.Sdp;

/// <summary>Bounds on what is read. A browser's largest offers stay below a quarter of each.</summary>
public static class SdpLimits
{
    public const int Characters = 65_536;
    public const int LineCharacters = 4_096;
    public const int Lines = 4_096;
    public const int MediaSections = 32;
    public const int FormatsPerSection = 128;
    public const int ExtensionsPerSection = 64;
    public const int SourcesPerSection = 64;
    public const int GroupsPerSection = 32;

    /// <summary>Browsers write some five lines for each of up to seventeen codecs.</summary>
    public const int FeedbackPerSection = 128;

    /// <summary>Further kinds of feedback for one codec are left out: with <c>*</c>, a line counts for each of them.</summary>
    public const int FeedbackPerCodec = 16;

    public const int FingerprintsPerSection = 8;

    /// <summary>More candidates than this are left out rather than refused: a host with many addresses is no error.</summary>
    public const int CandidatesPerSection = 64;

    /// <summary>Attributes nobody here knows: those beyond this are forgotten.</summary>
    public const int OtherAttributesPerSection = 256;
}
