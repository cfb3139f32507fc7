using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Tests.Unit.WebRtc.CongestionControl;

/// <summary>What a path is like for a while.</summary>
internal sealed record PathWeather(int CapacityBps)
{
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>On top of the delay, exponentially distributed with this mean, cut at eight times it; order is kept.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Each packet for itself, 0–1.</summary>
    public double Loss { get; init; }

    /// <summary>What comes on top is lost.</summary>
    public int QueueBytes { get; init; } = 200_000;

    /// <summary>Somebody else's even stream through the same queue.</summary>
    public int CompetingBps { get; init; }
}

/// <summary>A stretch of a call, seen from outside.</summary>
/// <param name="Share">Of what the path could carry for us.</param>
internal sealed record CallFigures(double DeliveredBps, double Share, double QueueP50Ms, double QueueP95Ms, double QueueMaxMs, double Lost);

/// <summary>A sender of frames, a bottleneck with a queue, and a receiver, on a virtual clock: the estimator in its closed loop.</summary>
/// <remarks>Feedback is written and read as bytes. An encoder's frames vary in size, and it follows the target with the next frame.</remarks>
internal sealed class VirtualCall
{
    private const int PacketBytes = 1_200;
    private const int CompetingPacketBytes = 1_200;
    private const int KeyframeEvery = 300; // frames
    private const double KeyframeIsLargerBy = 4;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Random _random;
    private readonly TimeSpan _frameInterval;
    private readonly TimeSpan _receiverOffset;
    private readonly ArrivalReports _reports = new();
    private readonly Queue<(TimeSpan At, ushort Number, int Bytes)> _onTheWay = new();
    private readonly Queue<(TimeSpan At, byte[] Report)> _onTheWayBack = new();
    private readonly Queue<int> _waiting = new(); // packets that the pacer holds
    private readonly byte[] _buffer = new byte[1_200];
    private readonly List<double> _queues = [];
    private PathWeather _weather;
    private Pacer _pacer;
    private TimeSpan _frameAt;
    private TimeSpan _competitorAt;
    private TimeSpan _freeAt;
    private TimeSpan _lastArrival;
    private long _frames;
    private long _offered;
    private long _lost;
    private long _deliveredBytes;

    /// <param name="receiversClock">What the receiver's clock shows at first; null: anything.</param>
    public VirtualCall(int seed, BandwidthLimits limits, PathWeather weather, ushort firstNumber = 0, int framesPerSecond = 30, TimeSpan? receiversClock = null)
    {
        _random = new Random(seed);
        _weather = weather;
        _receiverOffset = receiversClock ?? TimeSpan.FromDays(_random.NextDouble() * 12);
        _frameInterval = TimeSpan.FromSeconds(1.0 / framesPerSecond);
        Estimator = new BandwidthEstimator(limits, firstNumber);
        _pacer = new Pacer(limits.StartBps);
    }

    public BandwidthEstimator Estimator { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether reports are lost on their way back.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The encoder makes no more than this, whatever it may: a quiet scene.</summary>
    public int MostEncodedBps { get; set; } = int.MaxValue;

    /// <summary>The encoder makes this share of what it may, 0–1.</summary>
    public double EncodedShare { get; set; } = 1;

    /// <summary>From the receiver's bytes to the sender's, for whoever wants to change them.</summary>
    public Func<byte[], byte[]> Tamper { get; set; } = report => report;

    public CallFigures Run(double seconds, PathWeather? weather = null)
    {
        _weather = weather ?? _weather;
        var until = Now + TimeSpan.FromSeconds(seconds);
        _queues.Clear();
        (_offered, _lost, _deliveredBytes) = (0, 0, 0);
        while (Now < until) Turn();
        _queues.Sort();
        var delivered = _deliveredBytes * 8 / seconds;
        return new CallFigures(
            delivered, delivered / Math.Max(1, _weather.CapacityBps - _weather.CompetingBps), At(0.5), At(0.95), At(1), _offered == 0 ? 0 : (double)_lost / _offered);
    }

    /// <summary>Runs until so much a second has been delivered over a second, and tells how long that took; the limit when it did not come.</summary>
    public double SecondsUntil(double deliveredBps, double limit)
    {
        for (double at = 0; at < limit; at += 0.25)
        {
            if (Run(0.25).DeliveredBps >= deliveredBps) return at;
        }

        return limit;
    }

    private double At(double quantile) => _queues.Count == 0 ? 0 : _queues[(int)Math.Min(_queues.Count - 1, quantile * _queues.Count)];

    private void Turn()
    {
        Now += Step;
        while (_competitorAt < Now)
        {
            if (_weather.CompetingBps == 0)
            {
                _competitorAt = Now;
                break;
            }

            TryQueue(CompetingPacketBytes, _competitorAt, out _);
            _competitorAt += TimeSpan.FromSeconds(CompetingPacketBytes * 8.0 / _weather.CompetingBps);
        }

        if (Now >= _frameAt) Encode();
        while (_waiting.Count > 0 && _pacer.Wait(Now) == TimeSpan.Zero) Send(_waiting.Dequeue());
        Receive();
        while (_onTheWayBack.TryPeek(out var report) && report.At <= Now)
        {
            _onTheWayBack.Dequeue();
            var reader = new RtcpReader(Tamper(report.Report));
            while (reader.TryNext(out var packet))
            {
                if (TransportFeedback.TryParse(packet, out var feedback)) Estimator.OnFeedback(feedback, Now);
            }
        }

        Estimator.OnTimeout(Now);
        _pacer.SetRate(Estimator.TargetBps, Now);
    }

    private void Encode()
    {
        _frameAt = Now + _frameInterval;
        if (_waiting.Count > 200) return; // an encoder's own queue is bounded, too
        var isKey = _frames++ % KeyframeEvery == 0;
        var bytes = Math.Min(Estimator.TargetBps * EncodedShare, MostEncodedBps) / 8.0 * _frameInterval.TotalSeconds * (isKey ? KeyframeIsLargerBy : 0.7 + 0.6 * _random.NextDouble());
        var packets = (int)Math.Ceiling(bytes / PacketBytes);
        for (var i = 0; i < packets; i++) _waiting.Enqueue((int)Math.Max(60, bytes / packets));
    }

    private void Send(int bytes)
    {
        var number = Estimator.NextSequenceNumber();
        Estimator.OnSent(bytes, Now);
        _pacer.OnSent(bytes, Now);
        _offered++;
        if (_random.NextDouble() < _weather.Loss || !TryQueue(bytes, Now, out var departsAt))
        {
            _lost++;
            return;
        }

        _queues.Add((departsAt - Now).TotalMilliseconds);
        var arrival = departsAt + _weather.Delay;
        if (_weather.Jitter > TimeSpan.Zero) arrival += _weather.Jitter * Math.Min(8, -Math.Log(1 - _random.NextDouble()));
        if (arrival < _lastArrival) arrival = _lastArrival;
        _lastArrival = arrival;
        _onTheWay.Enqueue((arrival, number, bytes));
    }

    private bool TryQueue(int bytes, TimeSpan at, out TimeSpan departsAt)
    {
        if (_freeAt < at) _freeAt = at;
        departsAt = _freeAt;
        if ((_freeAt - at).TotalSeconds * _weather.CapacityBps / 8 + bytes > _weather.QueueBytes) return false;
        _freeAt += TimeSpan.FromSeconds(bytes * 8.0 / _weather.CapacityBps);
        departsAt = _freeAt;
        return true;
    }

    private void Receive()
    {
        while (_onTheWay.TryPeek(out var packet) && packet.At <= Now)
        {
            _onTheWay.Dequeue();
            _deliveredBytes += packet.Bytes;
            _reports.OnPacket(packet.Number, packet.At + _receiverOffset);
        }

        while (_reports.WriteDue(_buffer, 1, 2, Now + _receiverOffset) is > 0 and var length)
        {
            if (!IsDeaf) _onTheWayBack.Enqueue((Now + _weather.Delay, _buffer[..length]));
        }
    }
}
