namespace AV1Relay.RobotAgent.Running;

/// <summary>Everything that the robot's own page shows (<c>GET /state</c>). Angles in degrees.</summary>
internal sealed record RobotPicture(
    string Name, string? Session, string Link, string? LinkProblem, bool Live, string Lights, string LightsWords, int[][] LightFrame,
    PictureView Pose, PictureView Target, PictureRange Range, bool HandRaised, string Mood, bool Passive, bool NeedsAMinute, string Microphone, string HeadSpeed,
    bool CameraLive, bool MicrophoneLive, bool CurtainDrawn, bool PrivacySwitchOff, PictureSpeaker Speaker, double JitterBufferMs, bool MediaConnected,
    string? VideoCodec, int BitrateBps, int Width, int Height, double EncodeMsP50, double? RoundTripMs, PictureCounters Counters,
    IReadOnlyList<string> Faults, bool Simulated, int Volume, string VoiceReach,
    string PictureSize, string? VideoEncoder, string Light, PictureBoard Board);

internal sealed record PictureView(double Pan, double Tilt, double Zoom);

internal sealed record PictureRange(double MinPan, double MaxPan, double MinTilt, double MaxTilt, double MaxZoom);

/// <param name="Kind"><c>meter</c>, <c>none</c> or <c>alsa</c>.</param>
/// <param name="LevelDbfs">−100 is silence.</param>
/// <param name="ToneHz">0: no tone.</param>
internal sealed record PictureSpeaker(string Kind, double LevelDbfs, double ToneHz);

/// <param name="CpuPercent">Of the agent; 100 is one whole core.</param>
/// <param name="ResidentMiB">Of the agent.</param>
/// <param name="Celsius">Of the board; null: unknown.</param>
internal sealed record PictureBoard(double CpuPercent, double ResidentMiB, double? Celsius);

internal sealed record PictureCounters(
    long FramesEncoded, long KeyFramesForced, ulong CommandsStale, ulong CommandsOutOfOrder, ulong CommandsOutOfRange);
