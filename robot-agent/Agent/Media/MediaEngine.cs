using System.Net;
using System.Net.Sockets;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Peer;

namespace AV1Relay.RobotAgent.Media;

/// <summary>Carries out the newest <see cref="MediaOrder"/>: opens and closes devices at the source, and keeps the connection to the relay.</summary>
/// <remarks>One loop reconciles what is with what was ordered; each of its steps is short, so that an order to stop is obeyed at once.</remarks>
public sealed class MediaEngine : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromSeconds(6); // the relay reports every second
    private static readonly TimeSpan SilentAfterLink = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1.5);

    private readonly MediaEngineOptions _options;
    private readonly Func<HttpClient> _whipHttp;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DtlsContext _dtls = DtlsContext.Create();
    private readonly KeyFrameRequests _keyFrames = new();
    private readonly CameraLoop _camera;
    private readonly MicrophoneLoop _microphone;
    private readonly SpeakerLoop _speaker;
    private readonly IReadOnlyList<VideoCodec> _codecs;
    private readonly string? _codecFault;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Backoff _backoff = new(FirstRetry, LongestRetry, Random.Shared);
    private readonly Task _running;
    private volatile MediaOrder _order = MediaOrder.Nothing;
    private volatile MediaConnection? _connection;
    private volatile string? _publishFault;
    private long _linkBackAt; // 0: the link has not been away since the connection was last heard
    private volatile bool _relayIsNew;
    private WhipTarget? _publishedTo;
    private Uri? _resource;
    private CancellationTokenSource? _publishing;
    private Task _publishTask = Task.CompletedTask;
    private Task _goodbye = Task.CompletedTask;
    private long _retryAt;

    /// <param name="options">Size and codec.</param>
    /// <param name="devices">Opened only while ordered.</param>
    /// <param name="whipHttp">Makes a client that trusts the relay; the engine disposes it.</param>
    /// <param name="time">Clock of captures, retries and reports.</param>
    /// <param name="logs">For the engine and its loops.</param>
    public MediaEngine(MediaEngineOptions options, IMediaDevices devices, Func<HttpClient> whipHttp, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _whipHttp = whipHttp;
        _time = time;
        _logger = logs.CreateLogger<MediaEngine>();
        _codecs = options.ForcedCodec is { } forced ? [forced] : [VideoCodec.H264, VideoCodec.Vp8];
        (_codecs, _codecFault) = WhatWorks(_codecs, CodecsSelfTest.Run(time));
        var encoders = ChooseEncoders();
        _camera = new CameraLoop(
            devices, options, OpenEncoder, () => _connection, () => ChooseCodec() is { } codec ? encoders[codec] : null, _keyFrames, time, _logger, Wake);
        _microphone = new MicrophoneLoop(devices, () => _connection, time, _logger, Wake);
        _speaker = new SpeakerLoop(devices, () => _connection, time, _logger, Wake);
        _running = RunAsync();
    }

    /// <summary>Something in <see cref="Status"/> that others act on has changed. Raised on the engine's own loop.</summary>
    public event Action? Changed;

    /// <summary>A snapshot, made anew at each call. Any thread.</summary>
    public MediaStatus Status
    {
        get
        {
            var connection = _connection;
            return new MediaStatus(
                _camera.IsOpen,
                _microphone.IsOpen,
                connection is { IsConnected: true },
                _camera.EncoderInUse is { } encoder ? VideoTrack.NameOf(encoder.Codec) : null,
                _camera.EncoderInUse?.Name,
                _camera.IsOpen ? _options.Format.Width : 0,
                _camera.IsOpen ? _options.Format.Height : 0,
                _camera.BitrateBps,
                _camera.EncodeMsP50,
                connection?.VoiceDelayMs ?? 0,
                _camera.FramesEncoded,
                _camera.KeyFramesForced,
                _speaker.Reading,
                _camera.LightHint,
                [.. new[] { _codecFault, _camera.Fault, _microphone.Fault, _speaker.Fault, _publishFault }.OfType<string>()]);
        }
    }

    /// <summary>Replaces what may flow. Any thread; the newest wins.</summary>
    public void Apply(MediaOrder order)
    {
        _order = order;
        Wake();
    }

    /// <summary>The control link has come back: a connection that has gone quiet is replaced soon.</summary>
    /// <param name="relayIsNew">It has started anew and knows nothing of the connection: replaced at once.</param>
    public void OnLinkBack(bool relayIsNew)
    {
        Volatile.Write(ref _linkBackAt, _time.GetTimestamp());
        Volatile.Write(ref _retryAt, 0); // it is worth trying now, however often it was not
        if (relayIsNew) _relayIsNew = true;
        Wake();
    }

    /// <summary>A device was plugged in: those that wait for their next try need not.</summary>
    public void OnDeviceCame()
    {
        _camera.TryNow();
        _microphone.TryNow();
        _speaker.TryNow();
    }

    /// <summary>Closes devices and connection and says goodbye to the relay; within three seconds, also where a device does not close.</summary>
    public async Task StopAsync()
    {
        if (!_stopping.IsCancellationRequested) await _stopping.CancelAsync();
        await _running;
    }

    /// <summary>Returns once every device is closed, however long that takes: until then there are lights to be kept on.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (DeviceLoop loop in new DeviceLoop[] { _camera, _microphone, _speaker }) await loop.DisposeAsync();
        _dtls.Dispose();
        _wake.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_stopping.IsCancellationRequested)
        {
            await ReconcileOrReportAsync();
            Changed?.Invoke();
            try
            {
                await _wake.WaitAsync(NextLook(), _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _order = MediaOrder.Nothing;
        await ReconcileOrReportAsync();
        await _goodbye;
        Changed?.Invoke();
    }

    private TimeSpan NextLook()
    {
        var look = _connection is { } connection && IsWaitingForSign(connection) ? SilentAfterLink / 10 : LookAgain;
        if (_retryAt == 0) return look;
        var untilRetry = _time.GetElapsedTime(_time.GetTimestamp(), _retryAt);
        return untilRetry <= TimeSpan.Zero || untilRetry > look ? look : untilRetry;
    }

    private async Task ReconcileOrReportAsync()
    {
        try
        {
            await ReconcileAsync(_order);
        }
        catch (Exception problem) // the edge of the loop: the next look tries again
        {
            MediaLog.Unexpected(_logger, problem);
        }
    }

    private async Task ReconcileAsync(MediaOrder order)
    {
        // Closing comes first and in parallel: nothing may stay open because something else is slow, or does not close at all.
        var wantsCamera = order is { Camera: true, Whip: not null } && _codecs.Count > 0;
        var wantsMicrophone = order is { Microphone: true, Whip: not null };
        var wantsSpeaker = order is { Speaker: true, Whip: not null };
        await Task.WhenAll(
            wantsCamera ? Task.CompletedTask : _camera.StopAsync(),
            wantsMicrophone ? Task.CompletedTask : _microphone.StopAsync(),
            wantsSpeaker ? Task.CompletedTask : _speaker.StopAsync());

        if (MustLeave(order)) await LeaveAsync();
        if (order.Whip is not null && _connection is null && _publishTask.IsCompleted && _time.GetTimestamp() >= _retryAt) StartPublishing(order.Whip);

        if (wantsCamera) _camera.Start();
        if (wantsMicrophone) _microphone.Start();
        if (wantsSpeaker) _speaker.Start();
    }

    private bool MustLeave(MediaOrder order)
    {
        if (order.Whip is null || _publishedTo is null || order.Whip.Url != _publishedTo.Url) return _publishedTo is not null;
        if (_connection is not { } connection) return false;
        if (connection.State is PeerState.Failed or PeerState.Closed) return true;
        if (_relayIsNew) return true;
        return connection.Silence > (IsWaitingForSign(connection) ? SilentAfterLink : SilentTooLong);
    }

    /// <summary>The link was away, and the connection has not been heard since: perhaps it went with it.</summary>
    private bool IsWaitingForSign(MediaConnection connection)
    {
        var linkBackAt = Volatile.Read(ref _linkBackAt);
        if (linkBackAt == 0) return false;
        if (connection.Silence > _time.GetElapsedTime(linkBackAt)) return true;
        Interlocked.CompareExchange(ref _linkBackAt, 0, linkBackAt);
        return false;
    }

    private void StartPublishing(WhipTarget target)
    {
        _relayIsNew = false;
        _publishedTo = target;
        _publishing = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _publishTask = PublishAsync(target, _publishing.Token);
    }

    private async Task PublishAsync(WhipTarget target, CancellationToken cancellationToken)
    {
        MediaConnection? connection = null;
        try
        {
            MediaLog.Publishing(_logger, target);
            var relay = await ResolveAsync(target.Url, cancellationToken);
            connection = new MediaConnection(relay, _dtls, _codecs, _options.Limits, _keyFrames.Ask, Wake, _time, _logger);
            using var http = _whipHttp();
            var resource = await new WhipClient(http).PublishAsync(target, connection.Offer, cancellationToken);
            if (!connection.TryStart(resource.Answer, out var error)) throw new WhipException(null, $"The relay's answer is not usable: {error}");
            _resource = resource.Resource;
            _connection = connection;
            connection = null;
            _publishFault = null;
            _backoff.Reset();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _publishFault = problem.Message;
            _retryAt = _time.GetTimestamp() + (long)(_backoff.Next().TotalSeconds * _time.TimestampFrequency);
            MediaLog.PublishFailed(_logger, problem.Message, problem is WhipException or SocketException ? null : problem);
        }
        catch (OperationCanceledException)
        {
            // Ordered to leave before the relay had answered; a resource that it made all the same ends by its own time-out.
        }
        finally
        {
            connection?.Dispose();
            Wake();
        }
    }

    private async Task LeaveAsync()
    {
        if (_publishing is not null) await _publishing.CancelAsync();
        await _publishTask.ContinueWith(_ => { }, TaskScheduler.Default); // how it ended does not matter any more
        _publishing?.Dispose();
        _publishing = null;

        var (connection, resource, target) = (_connection, _resource, _publishedTo);
        (_connection, _resource, _publishedTo, _retryAt) = (null, null, null, 0);
        connection?.Dispose();
        // Not waited for here: an order to close a device must not stand behind a relay that does not answer.
        if (resource is not null && target is not null) _goodbye = Task.WhenAll(_goodbye, SayGoodbyeAsync(resource, target.Token));
    }

    private async Task SayGoodbyeAsync(Uri resource, string token)
    {
        using var http = _whipHttp();
        using var deadline = new CancellationTokenSource(LongestGoodbye, _time);
        await new WhipClient(http).LeaveAsync(resource, token, deadline.Token);
    }

    private static VideoEncoder OpenEncoder(KnownEncoder encoder, VideoFormat format, int bitrateBps)
        => VideoEncoder.Open(encoder, format.Width, format.Height, format.FramesPerSecond, bitrateBps);

    /// <summary>Tries every encoder with pictures of the size that will be sent, and names the one that is used.</summary>
    private Dictionary<VideoCodec, KnownEncoder> ChooseEncoders()
    {
        var format = _options.Format;
        var chosen = _codecs.ToDictionary(codec => codec, KnownEncoder.SoftwareOf);
        if (_codecs.Count == 0) return chosen;
        var findings = _options.Findings ?? EncoderTrial.Run(format.Width, format.Height, format.FramesPerSecond, MediaEngineOptions.UsualBitrateBps(format), _time);
        foreach (var codec in _codecs)
        {
            if (EncoderTrial.Choose(findings, codec) is not { } finding) continue;
            chosen[codec] = finding.Encoder;
            MediaLog.EncoderChosen(_logger, VideoTrack.NameOf(codec), finding.ToString(), string.Join("; ", findings.Where(other => other != finding && other.Encoder.Codec == codec)));
        }

        return chosen;
    }

    /// <summary>Leaves out what this computer's libraries turned out not to do.</summary>
    internal static (IReadOnlyList<VideoCodec> Codecs, string? Fault) WhatWorks(IReadOnlyList<VideoCodec> wanted, CodecsReport report)
    {
        List<VideoCodec> working = [.. wanted.Where(codec => codec == VideoCodec.H264 ? report.CanH264 : report.CanVp8)];
        if (working.Count == wanted.Count && report.CanOpus) return (working, null);
        var missing = wanted.Except(working).Select(VideoTrack.NameOf).Concat(report.CanOpus ? [] : ["Opus"]);
        var what = working.Count == 0 ? "There is no picture" : report.CanOpus ? "The picture may be worse" : "There is no sound";
        return (working, $"{what}: {string.Join(" and ", missing)} did not pass the self-test. {string.Join(" ", report.Lines)}");
    }

    /// <summary>What to encode with: what the relay agreed to, and the pupil's device can decode.</summary>
    private VideoCodec? ChooseCodec()
    {
        if (_connection is not { } connection) return null;
        var agreed = _codecs.Where(codec => connection.AgreedVideoCodecs.Contains(VideoTrack.NameOf(codec), StringComparer.OrdinalIgnoreCase)).ToList();
        if (agreed.Count == 0) return null;
        return !_order.SupportsH264 && agreed.Contains(VideoCodec.Vp8) ? VideoCodec.Vp8 : agreed[0];
    }

    private static async Task<IPAddress> ResolveAsync(Uri url, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var literal)) return literal;
        var addresses = await Dns.GetHostAddressesAsync(url.Host, cancellationToken);
        return addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception problem) when (problem is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or has ended.
        }
    }
}
