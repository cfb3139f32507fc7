namespace AV1Relay.RobotAgent.Media;

internal static partial class MediaLog
{
    [LoggerMessage(3101, LogLevel.Warning, "The {Device} failed and is tried again: {Words}")]
    public static partial void DeviceFailed(ILogger logger, string device, string words, Exception? unexpected);

    [LoggerMessage(3102, LogLevel.Information, "Publishing to {Target}")]
    public static partial void Publishing(ILogger logger, WhipTarget target);

    [LoggerMessage(3103, LogLevel.Warning, "Publishing failed and is tried again: {Words}")]
    public static partial void PublishFailed(ILogger logger, string words, Exception? unexpected);

    [LoggerMessage(3104, LogLevel.Information, "Media connection is {State}")]
    public static partial void ConnectionChanged(ILogger logger, WebRtc.Peer.PeerState state);

    [LoggerMessage(3106, LogLevel.Information, "{Codec} is encoded by {Finding}. Others: {Others}")]
    public static partial void EncoderChosen(ILogger logger, string codec, string finding, string others);

    [LoggerMessage(3107, LogLevel.Information, "The picture is {Words}")]
    public static partial void SizeChosen(ILogger logger, string words);

    [LoggerMessage(3108, LogLevel.Warning, "{Encoder} hangs since the camera closed, and is not used any more: software takes its place")]
    public static partial void EncoderHangs(ILogger logger, string encoder);

    [LoggerMessage(3109, LogLevel.Error, "The {Device} does not close; the other devices go on")]
    public static partial void DoesNotClose(ILogger logger, string device);

    [LoggerMessage(3105, LogLevel.Error, "The media engine met an unexpected error and goes on")]
    public static partial void Unexpected(ILogger logger, Exception exception);
}
