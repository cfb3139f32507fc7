using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio;

namespace AV1Relay.RobotAgent.Media;

/// <summary>The pupil's voice → speaker: 20 ms every 20 ms from the jitter buffer, losses mended or concealed, silence when there is nothing.</summary>
internal sealed class SpeakerLoop(IMediaDevices devices, Func<MediaConnection?> connection, TimeProvider time, ILogger logger, Action changed)
    : DeviceLoop("speaker", time, logger, changed)
{
    private const double TooMuchQueuedMs = 100;
    private const int MostMadeUp = 5; // frames: what a speaker holds
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds);
    private ISpeakerMeter? _meter;

    /// <summary>What the speaker plays, where it can tell.</summary>
    public SpeakerReading? Reading => _meter?.Read();

    protected override async Task UseDeviceAsync(CancellationToken cancellationToken)
    {
        await using var speaker = await devices.OpenSpeakerAsync(cancellationToken);
        using var decoder = new OpusDecoder();
        using var timer = new PeriodicTimer(Interval, Time);
        var samples = new short[PcmFormat.FrameSamples];
        _meter = speaker as ISpeakerMeter;
        var startedAt = Time.GetTimestamp();
        var played = 0L;
        Opened();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                // A tick that was missed is made up for: else the speaker's queue would stay shorter by it, and run dry after a few.
                var due = (long)(Time.GetElapsedTime(startedAt) / Interval);
                for (played = Math.Max(played, due - MostMadeUp); played < due; played++)
                {
                    if (connection() is { } link) link.TryPlay(decoder, samples);
                    else Array.Clear(samples);
                    // A speaker that is slower than the microphone on the other side must not fall behind: what does not fit is skipped.
                    if (speaker.BufferedMs < TooMuchQueuedMs) await speaker.WriteAsync(samples, cancellationToken);
                }
            }
        }
        finally
        {
            _meter = null;
        }
    }
}
