using AV1Relay.Codecs;
using AV1Relay.RobotAgent.Media;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Media;
using AV1Relay.WebRtc.CongestionControl;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>What an end publishes: tagged frames through the robot's own tracks.</summary>
internal sealed class MediaSender
{
    private const int AudioBytes = 80; // about 32 kbit/s
    private const int KeyframeIsLargerBy = 5;

    private readonly Random _random;
    private readonly OutgoingFrame _audioFrame = new(MediaKind.Audio, new byte[AudioBytes], AudioBytes, 0, null);
    private readonly byte[] _videoBuffer = [];
    private long _nextVideoPacket;
    private long _nextAudioPacket;
    private ushort _nextRepeat;

    /// <param name="limits">Of the picture.</param>
    public MediaSender(Random random, bool hasVideo, NumbersStart start, BandwidthLimits limits)
    {
        _random = random;
        _nextAudioPacket = start.Audio;
        Rate = new PictureRate(limits);
        Audio = new AudioTrack((uint)random.Next(1, int.MaxValue), "a", new CaptureClock(48_000, start.Timestamp), start.Audio);
        if (!hasVideo) return;
        _videoBuffer = new byte[TestFrames.MaxVideoBytes + 1_024];
        _nextVideoPacket = start.Video;
        _nextRepeat = start.Video;
        Video = new VideoTrack(
            (uint)random.Next(1, int.MaxValue), (uint)random.Next(1, int.MaxValue), "v", new CaptureClock(90_000, start.Timestamp), Rate, start.Video);
    }

    public AudioTrack Audio { get; }

    /// <summary>Null for a pupil.</summary>
    public VideoTrack? Video { get; }

    public KeyFrameRequests Keyframes { get; } = new();

    public PublishedStream? PublishedAudio { get; set; }

    public PublishedStream? PublishedVideo { get; set; }

    /// <summary>What the picture may take; its encoder follows with the next frame.</summary>
    public PictureRate Rate { get; }

    public int FramesPerSecond { get; set; } = 20;

    public long KeyframesSent { get; private set; }

    /// <summary>Captures and encodes a picture; its packets are then taken from <see cref="Video"/>.</summary>
    public void BeginVideoFrame(int room, TimeSpan now, DateTimeOffset wallTime)
    {
        if (PublishedVideo is not { } published || Video is null) return;
        var isKey = published.Frames == 0 | Keyframes.Take(now);
        var frame = published.OnCaptured(now);
        var average = Rate.EncoderBps / 8 / FramesPerSecond;
        var length = isKey ? KeyframeIsLargerBy * average : _random.Next(average / 2, average * 3 / 2);
        var tag = new MediaTag(room, MediaSource.RobotVideo, published.Number, frame, _nextVideoPacket);
        var (written, packets) = TestFrames.WriteVideo(_videoBuffer, tag, isKey, length);
        _nextVideoPacket += packets;
        if (isKey) KeyframesSent++;
        Video.Begin(new OutgoingFrame(MediaKind.Video, _videoBuffer, written, CaptureClock.ToUnixTenthsMs(wallTime), VideoCodec.H264));
    }

    public int WriteAudio(int room, MediaSource source, Span<byte> destination, TimeSpan now, DateTimeOffset wallTime)
    {
        if (PublishedAudio is not { } published) return -1;
        var tag = new MediaTag(room, source, published.Number, published.OnCaptured(now), _nextAudioPacket++);
        TestFrames.WriteAudio(_audioFrame.Buffer, tag, AudioBytes - (tag.Frame % 7)); // not all of one size
        return Audio.Write(_audioFrame with { CapturedAtUnixTenthsMs = CaptureClock.ToUnixTenthsMs(wallTime), Length = AudioBytes - (tag.Frame % 7) }, destination);
    }

    public int TryResend(ushort sequenceNumber, Span<byte> destination, TimeSpan now)
    {
        var length = Video?.TryResend(sequenceNumber, destination, now) ?? 0;
        if (length > 0) PublishedVideo?.OnRepeated(sequenceNumber, _nextRepeat++);
        return length;
    }
}

/// <summary>Where a publisher's numbers begin: below 2^15 for a peer that keeps to the rules.</summary>
internal readonly record struct NumbersStart(ushort Video, ushort Audio, uint Timestamp)
{
    public static NumbersStart Any(Random random) => new((ushort)random.Next(0x8000), (ushort)random.Next(0x8000), (uint)random.NextInt64(uint.MaxValue));
}
