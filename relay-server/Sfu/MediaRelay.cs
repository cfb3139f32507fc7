using System.Diagnostics.Metrics;
using System.Net;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.Sfu.Statistics;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sockets;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Sfu;

/// <summary>The media half of the relay: takes offers, forwards media between the peers of each session, tells who is there.</summary>
/// <remarks>Thread-safe. Each session lives on one shard, chosen by a stable hash of its id; shards share nothing on the packets' way.</remarks>
public sealed class MediaRelay : IAsyncDisposable
{
    /// <summary>For those who collect metrics.</summary>
    public const string MeterName = "AV1Relay.Sfu";

    private readonly SfuOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DtlsContext _dtls;
    private readonly RoomChanges _changes = new();
    private readonly SessionQuota _quota;
    private readonly Shard[] _shards;
    private readonly CancellationTokenSource _stopping = new();
    private Task _telling = Task.CompletedTask;
    private volatile bool _isDraining;

    /// <summary>Binds the sockets; nothing is received before <see cref="Start"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken, or an address is not ours.</exception>
    public MediaRelay(SfuOptions options, TimeProvider time, IMeterFactory? meters, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _logger = loggers.CreateLogger<MediaRelay>();
        _dtls = DtlsContext.Create(time);
        _quota = new SessionQuota(options.MaxSessions, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), options.MaxPeers);
        _shards = new Shard[options.ShardCount];
        var advertised = new List<IPEndPoint>();
        try
        {
            for (var i = 0; i < _shards.Length; i++) _shards[i] = Open(i, advertised);
        }
        catch
        {
            foreach (var shard in _shards) shard?.DisposeAsync().AsTask().GetAwaiter().GetResult(); // not started: completes at once
            _dtls.Dispose();
            throw;
        }

        Advertised = advertised;
        if (meters is not null) Measure(meters.Create(MeterName));
    }

    /// <summary>Raised after each change of a room, in order for each room, never on a shard's thread. Handlers return at once.</summary>
    public event Action<RoomSnapshot>? RoomChanged;

    /// <summary>The addresses in this relay's answers: every media address with every shard's port.</summary>
    public IReadOnlyList<IPEndPoint> Advertised { get; }

    public ForwardingLatency ForwardingLatency
    {
        get
        {
            var sum = new LatencyHistogram();
            foreach (var shard in _shards) shard.Latency.AddTo(sum);
            return LatencyOf(sum);
        }
    }

    /// <summary>The same, shard by shard.</summary>
    public IReadOnlyList<ForwardingHistogram> ForwardingHistograms
        => [.. _shards.Select((shard, index) => ForwardingHistogram.Of(index, shard.Latency))];

    public void Start()
    {
        for (var i = 0; i < _shards.Length; i++)
        {
            _shards[i].Start($"media shard {i}");
            Log.ShardStarted(_logger, i, _shards[i].LocalEndPoint);
        }

        _telling = TellAsync();
    }

    /// <summary>From now on everybody new is refused; who is there stays.</summary>
    public void Drain()
    {
        if (_isDraining) return;
        _isDraining = true;
        Log.Draining(_logger);
    }

    public async Task<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        if (_isDraining) return new JoinOutcome.Refused(JoinRefusal.Draining, "This relay is being stopped: join again in a moment.");
        if (request.Offer.Length > _options.MaxSdpLength)
            return new JoinOutcome.Refused(JoinRefusal.MalformedOffer, $"The offer is longer than {_options.MaxSdpLength} characters.");

        var offer = ParsedSdp.Offer(request.Offer);
        var join = new ShardRequest<JoinOutcome>((core, now) => core.Join(request, offer, now, _time.GetUtcNow()));
        if (!ShardOf(request.Session).TryPost(join))
            return new JoinOutcome.Refused(JoinRefusal.Draining, "This relay is too busy just now: try again in a moment.");
        var outcome = await join.Result.WaitAsync(cancellationToken);
        if (outcome is JoinOutcome.Joined joined) Log.Joined(_logger, request.Role, request.Session, joined.ResourceId, joined.FencingNumber);
        else if (outcome is JoinOutcome.Refused refused) Log.Refused(_logger, request.Role, request.Session, refused.Reason);
        return outcome;
    }

    public Task<RestartOutcome> RestartIceAsync(
        string session, string resourceId, string? ifMatch, string sdpFragment, CancellationToken cancellationToken)
        => RestartIceAsync(session, resourceId, identity: null, ifMatch, sdpFragment, cancellationToken);

    /// <summary>Takes the body of a PATCH: an ICE restart, or candidates, which are ignored.</summary>
    /// <param name="identity">Whose the connection has to be; another's is as good as unknown. Null: anybody's.</param>
    /// <param name="ifMatch">The header as it came; null without one.</param>
    public async Task<RestartOutcome> RestartIceAsync(
        string session, string resourceId, string? identity, string? ifMatch, string sdpFragment, CancellationToken cancellationToken)
    {
        var fragment = ParsedSdp.Fragment(sdpFragment);
        var restart = new ShardRequest<RestartOutcome>((core, _) => core.Restart(session, resourceId, identity, ifMatch, fragment));
        if (!ShardOf(session).TryPost(restart))
            return new RestartOutcome.Refused(RestartRefusal.Busy, "This relay is too busy just now: try again in a moment.");
        return await restart.Result.WaitAsync(cancellationToken);
    }

    public Task<bool> LeaveAsync(string session, string resourceId, CancellationToken cancellationToken)
        => LeaveAsync(session, resourceId, identity: null, cancellationToken);

    /// <summary>Ends one connection at once.</summary>
    /// <param name="identity">Whose the connection has to be; null: anybody's.</param>
    /// <returns>False when there is no such connection any more.</returns>
    public async Task<bool> LeaveAsync(string session, string resourceId, string? identity, CancellationToken cancellationToken)
    {
        var leave = new ShardRequest<bool>((core, now) => core.Leave(session, resourceId, identity, now));
        var hasLeft = await AskAsync(session, leave, cancellationToken);
        if (hasLeft) Log.Left(_logger, resourceId, session);
        return hasLeft;
    }

    /// <summary>Ends every connection of a session at once.</summary>
    /// <param name="reason">For the log: a word, nothing personal.</param>
    public async Task CloseSessionAsync(string session, string reason, CancellationToken cancellationToken)
    {
        var close = new ShardRequest<int>((core, now) => core.CloseSession(session, now));
        Log.Closed(_logger, session, reason, await AskAsync(session, close, cancellationToken));
    }

    /// <summary>Ends every connection that one identity has in a session; who else is there stays.</summary>
    /// <param name="reason">For the log: a word, nothing personal.</param>
    public async Task SendAwayAsync(string session, string identity, string reason, CancellationToken cancellationToken)
    {
        var close = new ShardRequest<int>((core, now) => core.CloseSession(session, now, identity));
        if (await AskAsync(session, close, cancellationToken) is > 0 and var count) Log.Closed(_logger, session, reason, count);
    }

    /// <summary>Changes what a session allows from the next packet on, as long as somebody is in it; no grant's own rights grow by it.</summary>
    public async Task SetRightsAsync(string session, MediaRights rights, CancellationToken cancellationToken)
    {
        var set = new ShardRequest<bool>((core, _) => core.SetRights(session, rights));
        await AskAsync(session, set, cancellationToken);
    }

    /// <summary>Who is in a session now; null when nobody is.</summary>
    public RoomSnapshot? Find(string session) => _changes.Find(session);

    /// <summary>A session's statistics, taken on its shard's thread between two batches; null when nobody is there.</summary>
    public async Task<SessionStatistics?> GetStatisticsAsync(string session, CancellationToken cancellationToken)
    {
        var read = new ShardRequest<SessionStatistics?>((core, now) => core.ReadStatistics(session, now, _time.GetUtcNow()));
        if (await AskAsync(session, read, cancellationToken) is not { } statistics) return null;
        var shard = ShardIndex(session, _shards.Length);
        return statistics with { Shard = shard, ShardLatency = LatencyOf(_shards[shard].Latency) };
    }

    public MediaRelayStatistics GetStatistics()
    {
        var counters = ShardCounters.All.ToDictionary(counter => counter.Name, counter => _shards.Sum(shard => counter.Read(shard.Core.Counters)));
        return new MediaRelayStatistics(counters, _quota.Sessions, _shards.Sum(shard => shard.Core.PeerCount));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        foreach (var shard in _shards) await shard.DisposeAsync();
        _changes.Complete();
        await _telling;
        _dtls.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The same session always comes to the same shard, in every process: FNV-1a.</summary>
    internal static int ShardIndex(string session, int shards)
    {
        var hash = 2_166_136_261u;
        foreach (var character in session) hash = (hash ^ character) * 16_777_619;
        return (int)(hash % (uint)shards);
    }

    /// <summary>Waits for room in the shard's queue, then for the result. Of a relay that has ended: nothing (nobody is there).</summary>
    private async Task<T?> AskAsync<T>(string session, ShardRequest<T> request, CancellationToken cancellationToken)
    {
        try
        {
            await ShardOf(session).PostAsync(request, cancellationToken);
            return await request.Result.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or System.Threading.Channels.ChannelClosedException)
        {
            return default;
        }
    }

    private static ForwardingLatency LatencyOf(LatencyHistogram histogram) => new(
        histogram.Count, histogram.Percentile(0.5), histogram.Percentile(0.95), histogram.Percentile(0.99), histogram.Percentile(0.999));

    private Shard ShardOf(string session) => _shards[ShardIndex(session, _shards.Length)];

    private Shard Open(int index, List<IPEndPoint> advertised)
    {
        var socket = DatagramSockets.Bind(_options.BindOf(index));
        var port = _options.MediaPort == 0 ? socket.LocalEndPoint.Port : _options.MediaPort + index;
        var candidates = new List<IceCandidate>();
        foreach (var address in _options.MediaAddresses)
        {
            var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
            advertised.Add(endPoint);
            candidates.Add(IceCandidate.Host(TransportAddress.From(endPoint), (ushort)(ushort.MaxValue - candidates.Count)));
        }

        var limits = _options.HandshakeLimits;
        var settings = new ShardSettings(_options, _dtls.Fingerprint, candidates, () => new DtlsSession(_dtls, DtlsRole.Server, limits), _quota);
        return new Shard(socket, settings, _changes, _time, _logger);
    }

    private async Task TellAsync()
    {
        while (await _changes.TakeAsync() is { } change)
        {
            try
            {
                RoomChanged?.Invoke(change.Snapshot);
            }
            catch (Exception exception) // a listener's fault must not keep observers waiting, nor the other listeners
            {
                Log.ListenerFailed(_logger, exception);
            }

            if (change.Announced.Count == 0) continue;
            var announced = new ShardRequest<bool>((core, now) =>
            {
                core.OnAnnounced(change.Announced, now);
                return true;
            });
            try
            {
                await ShardOf(change.Snapshot.Session).PostAsync(announced, _stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                // The relay is ending: nobody is announced to any more.
            }
        }
    }

    private void Measure(Meter meter)
    {
        foreach (var (name, unit, words, read) in ShardCounters.All)
            meter.CreateObservableCounter(name, () => _shards.Sum(shard => read(shard.Core.Counters)), unit, words);
        meter.CreateObservableGauge("sessions", () => _quota.Sessions, "{session}", "Rooms with somebody in them");
        meter.CreateObservableGauge("peers", () => _shards.Sum(shard => shard.Core.PeerCount), "{peer}", "Connections");
        meter.CreateObservableGauge(
            "forwarding_latency",
            () => Quantiles(),
            "s",
            "From the kernel's receive time stamp to the return of the send");
    }

    private IEnumerable<Measurement<double>> Quantiles()
    {
        var latency = ForwardingLatency;
        (string Name, TimeSpan Value)[] quantiles =
            [("0.5", latency.P50), ("0.95", latency.P95), ("0.99", latency.P99), ("0.999", latency.P999)];
        return quantiles.Select(quantile => new Measurement<double>(
            quantile.Value.TotalSeconds, new KeyValuePair<string, object?>("quantile", quantile.Name)));
    }
}
