using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Camera → encoder → connection. The newest picture wins: one that comes while another is being encoded is skipped at the source.</summary>
internal sealed class CameraLoop(
    IMediaDevices devices, MediaEngineOptions options, Func<MediaConnection?> connection, Func<KnownEncoder?> wantedEncoder, KeyFrameRequests keyFrames,
    TimeProvider time, ILogger logger, Action changed)
    : DeviceLoop("camera", time, logger, changed)
{
    private readonly Action _changed = changed;
    private const int MeterEvery = 15; // pictures: twice a second
    private readonly RecentMedian _encodeMs = new();
    private readonly EncoderAim _aim = new(options.FullFrameRateBps);
    private KnownEncoder? _failed; // hardware that passed its trial and failed later: software from then on
    private long _pictures; // given to encoders: their time, so that a picture's share of the bitrate is the same whether others were left out or not
    private long _framesEncoded;
    private long _keyFramesForced;
    private int _bitrateBps;

    /// <summary>Capture to encoded frame, median, ms.</summary>
    public double EncodeMsP50 => _encodeMs.Value;

    public long FramesEncoded => Interlocked.Read(ref _framesEncoded);

    public long KeyFramesForced => Interlocked.Read(ref _keyFramesForced);

    /// <summary>What the pictures that are sent come to, bits/s; what the path carries decides.</summary>
    public int BitrateBps => Volatile.Read(ref _bitrateBps);

    /// <summary>Null while nothing is encoded.</summary>
    public KnownEncoder? EncoderInUse { get; private set; }

    /// <summary>About the light where the camera looks.</summary>
    public LightHint LightHint { get; private set; }

    protected override async Task UseDeviceAsync(CancellationToken cancellationToken)
    {
        await using var camera = await devices.OpenCameraAsync(cancellationToken);
        using var picture = new VideoFrame(camera.Format);
        var encoded = GC.AllocateUninitializedArray<byte>(VideoEncoder.MaxFrameBytes);
        var light = new LightMeter();
        VideoEncoder? encoder = null;
        Opened();
        try
        {
            for (long number = 0; await camera.ReadAsync(picture, cancellationToken); number++)
            {
                if (number % MeterEvery == 0 && light.Update(LightReading.Of(picture), picture.CapturedAt))
                {
                    LightHint = light.Hint;
                    _changed();
                }

                if (connection() is not { State: WebRtc.Peer.PeerState.Connected } link || wantedEncoder() is not { } wanted) continue;
                if (wanted == _failed) wanted = KnownEncoder.SoftwareOf(wanted.Codec);
                var bitrate = link.PictureBps;
                _aim.Follow(bitrate);
                if (number % _aim.EveryNth != 0 || link.IsBehind) continue; // before it is encoded: nothing refers to it
                Volatile.Write(ref _bitrateBps, bitrate);
                if (encoder?.Encoder != wanted)
                {
                    encoder?.Dispose();
                    encoder = null;
                    EncoderInUse = wanted;
                    encoder = VideoEncoder.Open(wanted, camera.Format.Width, camera.Format.Height, camera.Format.FramesPerSecond, _aim.BitrateBps);
                    _aim.OnOpened(picture.CapturedAt);
                    _changed();
                }

                if (_aim.IsChangeDue(encoder.BitrateBps, encoder.ChangesInPlace, picture.CapturedAt)) encoder.SetBitrate(_aim.BitrateBps);
                EncodeAndSend(encoder, picture, encoded, link);
            }
        }
        catch (CodecException) when (EncoderInUse is { IsHardware: true })
        {
            _failed = EncoderInUse;
            throw;
        }
        finally
        {
            encoder?.Dispose();
            EncoderInUse = null;
            LightHint = LightHint.None;
        }
    }

    private void EncodeAndSend(VideoEncoder encoder, VideoFrame picture, byte[] encoded, MediaConnection link)
    {
        var force = keyFrames.Take(picture.CapturedAt);
        var planes = new I420Planes(picture.YPointer, picture.YStride, picture.UPointer, picture.UStride, picture.VPointer, picture.VStride);
        if (!encoder.Encode(planes, _pictures++, force, encoded, out var length, out _)) return;

        Interlocked.Increment(ref _framesEncoded);
        if (force) Interlocked.Increment(ref _keyFramesForced);
        _encodeMs.Add((CaptureClock.ToUnixTenthsMs(Time.GetUtcNow()) - picture.CapturedAtUnixTenthsMs) / 10.0);
        var isSent = link.Send(OutgoingFrame.Video(encoded.AsSpan(0, length), picture.CapturedAtUnixTenthsMs, encoder.Codec));
        if (!isSent) keyFrames.Ask(); // what follows would refer to a frame that never left
    }
}
