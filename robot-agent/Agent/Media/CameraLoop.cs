using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Camera → encoder → connection. The newest picture wins: one that comes while another is being encoded is skipped at the source.</summary>
internal sealed class CameraLoop(
    IMediaDevices devices, MediaEngineOptions options, Func<KnownEncoder, VideoFormat, int, IVideoEncoder> open, Func<IPictureWay?> connection,
    Func<KnownEncoder?> wantedEncoder, KeyFrameRequests keyFrames, TimeProvider time, ILogger logger, Action changed)
    : DeviceLoop("camera", time, logger, changed)
{
    private const int MeterEvery = 15; // pictures: twice a second
    private readonly Action _changed = changed;
    private readonly ILogger _logger = logger;
    private readonly RecentMedian _encodeMs = new();
    private readonly EncoderAim _aim = new(options.FullFrameRateBps);
    private PictureEncoder? _lastEncoder;
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
        await WaitForLastEncoderAsync(cancellationToken);
        await using var camera = await devices.OpenCameraAsync(cancellationToken);
        using var encoder = _lastEncoder = new PictureEncoder(camera.Format, open, Time);
        var light = new LightMeter();
        Opened();
        try
        {
            for (long number = 0; await camera.ReadAsync(encoder.Picture, cancellationToken); number++)
            {
                if (number % MeterEvery == 0 && light.Update(LightReading.Of(encoder.Picture), encoder.Picture.CapturedAt))
                {
                    LightHint = light.Hint;
                    _changed();
                }

                if (connection() is not { IsConnected: true } link || wantedEncoder() is not { } wanted) continue;
                if (wanted == _failed) wanted = KnownEncoder.SoftwareOf(wanted.Codec);
                var bitrate = link.PictureBps;
                _aim.Follow(bitrate);
                if (number % _aim.EveryNth != 0 || link.IsBehind) continue; // before it is encoded: nothing refers to it
                Volatile.Write(ref _bitrateBps, bitrate);
                if (encoder.Encoder != wanted) await OpenAsync(encoder, wanted, cancellationToken);
                if (_aim.IsChangeDue(encoder.BitrateBps, encoder.ChangesInPlace, encoder.Picture.CapturedAt)) await encoder.SetBitrateAsync(_aim.BitrateBps, cancellationToken);
                await EncodeAndSendAsync(encoder, wanted, link, cancellationToken);
            }
        }
        catch (CodecException) when (encoder.Encoder is { IsHardware: true })
        {
            _failed = encoder.Encoder;
            throw;
        }
        finally
        {
            EncoderInUse = null;
            LightHint = LightHint.None;
        }
    }

    /// <summary>One that was given up and does not let go is not opened again: software takes its place, and nothing takes that of software.</summary>
    private async Task WaitForLastEncoderAsync(CancellationToken cancellationToken)
    {
        if (_lastEncoder is not { Released.IsCompleted: false, Encoder: { } encoder } last || encoder == _failed) return;
        try
        {
            await last.Released.WaitAsync(PictureEncoder.HangsAfter, Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            if (!encoder.IsHardware) throw new CodecException($"{encoder.Name} hangs: restart the robot.");
            MediaLog.EncoderHangs(_logger, encoder.Name);
            _failed = encoder;
        }
    }

    private async Task OpenAsync(PictureEncoder encoder, KnownEncoder wanted, CancellationToken cancellationToken)
    {
        await encoder.OpenAsync(wanted, _aim.BitrateBps, cancellationToken);
        EncoderInUse = wanted;
        _aim.OnOpened(encoder.Picture.CapturedAt);
        _changed();
    }

    private async Task EncodeAndSendAsync(PictureEncoder encoder, KnownEncoder known, IPictureWay link, CancellationToken cancellationToken)
    {
        var capturedAt = encoder.Picture.CapturedAtUnixTenthsMs;
        var force = keyFrames.Take(encoder.Picture.CapturedAt);
        if (!await encoder.EncodeAsync(_pictures++, force, cancellationToken)) return;

        Interlocked.Increment(ref _framesEncoded);
        if (force) Interlocked.Increment(ref _keyFramesForced);
        _encodeMs.Add((CaptureClock.ToUnixTenthsMs(Time.GetUtcNow()) - capturedAt) / 10.0);
        var isSent = link.Send(OutgoingFrame.Video(encoder.Frame, capturedAt, known.Codec));
        if (!isSent) keyFrames.Ask(); // what follows would refer to a frame that never left
    }
}
