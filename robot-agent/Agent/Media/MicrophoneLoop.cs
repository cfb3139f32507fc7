using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Microphone → Opus → connection, 20 ms at a time.</summary>
internal sealed class MicrophoneLoop(IMediaDevices devices, Func<MediaConnection?> connection, TimeProvider time, ILogger logger, Action changed)
    : DeviceLoop("microphone", time, logger, changed)
{
    private const long FrameTenthsMs = PcmFormat.FrameMilliseconds * 10;

    protected override async Task UseDeviceAsync(CancellationToken cancellationToken)
    {
        await using var microphone = await devices.OpenMicrophoneAsync(cancellationToken);
        using var encoder = new OpusEncoder();
        var samples = new short[PcmFormat.FrameSamples];
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        Opened();
        while (await microphone.ReadAsync(samples, cancellationToken))
        {
            if (connection() is not { IsConnected: true } link) continue;
            var capturedAt = CapturedAt(Time.GetUtcNow(), microphone);
            link.Send(OutgoingFrame.Audio(packet.AsSpan(0, encoder.Encode(samples, packet)), capturedAt));
        }
    }

    /// <summary>When the first sample of a frame that was just read was in the air, tenths of a ms since the Unix epoch.</summary>
    internal static long CapturedAt(DateTimeOffset now, IMicrophone microphone) => CaptureClock.ToUnixTenthsMs(now - microphone.Delay) - FrameTenthsMs;
}
