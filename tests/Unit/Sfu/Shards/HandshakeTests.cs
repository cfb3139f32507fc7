using System.Collections.Concurrent;
using AV1Relay.Sfu;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Peer;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

/// <summary>A handshake's arithmetic is done beside the shard: what the shard does meanwhile, and how the handshake comes back.</summary>
public sealed class HandshakeTests : IDisposable
{
    private static readonly byte[] Sound = [0xFC, 7, 8];
    private readonly OnLoan _loans = new();
    private readonly VirtualRelay _relay;

    public HandshakeTests() => _relay = new VirtualRelay(handshakes: _loans);

    private ShardCounters Counters => _relay.Core.Counters;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Other_rooms_media_goes_on_while_a_handshake_is_run_elsewhere()
    {
        _loans.IsInline = true;
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _loans.IsInline = false;
        var newcomer = Begin("b");

        _relay.Send(robot, robot.Rtp(1, 0, Sound, "a"));

        Assert.Single(pupil.On("a"));
        Assert.NotEqual(PeerState.Connected, newcomer.State);
    }

    [Fact]
    public void What_arrives_meanwhile_is_run_next_and_the_peer_connects()
    {
        var newcomer = Begin("b");
        while (_loans.TryTake(out var handshake))
        {
            handshake.Run();
            _relay.Advance(TimeSpan.FromMilliseconds(600)); // the client repeats its flight
            _relay.Core.OnHandshakeRun(handshake, _relay.Now);
            _relay.Pump();
        }

        Assert.Equal(PeerState.Connected, newcomer.State);
        Assert.Equal((1, 1), (Counters.HandshakesStarted, Counters.HandshakesCompleted));
    }

    [Fact]
    public void A_handshake_is_on_loan_once_at_a_time_and_holds_few_datagrams()
    {
        var newcomer = Begin("b");
        for (var i = 0; i < 20; i++) _relay.Core.OnDatagram(DtlsRecordOf(newcomer), newcomer.Address, _relay.Now);

        Assert.Single(_loans.Handshakes);
        Assert.InRange(Counters.HandshakeDatagramsDropped, 11, 13); // eight wait, some of them the client's own
    }

    [Fact]
    public void A_peer_that_goes_meanwhile_keeps_its_place_among_the_handshakes_until_the_loan_is_back()
    {
        using var relay = new VirtualRelay(new SfuOptions { MaxHandshakesPerShard = 1 }, handshakes: _loans);
        var gone = Begin(relay, "b");
        relay.Core.Leave("b", gone.Joined.ResourceId, null, relay.Now);
        gone.IsOnline = false;
        var next = Begin(relay, "c");
        Assert.NotEqual(0, relay.Core.Counters.HandshakesDeferred);

        Assert.True(_loans.TryTake(out var handshake));
        handshake.Run();
        relay.Core.OnHandshakeRun(handshake, relay.Now);
        _loans.IsInline = true;
        relay.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PeerState.Connected, next.State);
        Assert.Equal((2, 1, 0), (relay.Core.Counters.HandshakesStarted, relay.Core.Counters.HandshakesCompleted, relay.Core.Counters.HandshakesFailed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_calls_again_and_again_has_one_handshake_on_loan(bool leavesBefore)
    {
        List<VirtualPeer> calls = [Begin("b")];
        while (calls.Count < 6)
        {
            calls[^1].IsOnline = false;
            if (leavesBefore) Assert.True(_relay.Core.Leave("b", calls[^1].Joined.ResourceId, null, _relay.Now));
            calls.Add(Begin("b"));
        }

        Begin("c"); // somebody else does not wait
        Assert.Equal(2, _loans.Handshakes.Count);
        Assert.NotEqual(0, Counters.HandshakesAwaited);

        _loans.IsInline = true;
        while (_loans.TryTake(out var handshake))
        {
            handshake.Run();
            _relay.Core.OnHandshakeRun(handshake, _relay.Now);
        }

        _relay.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PeerState.Connected, calls[^1].State);
    }

    [Fact]
    public void What_a_handshake_throws_is_told_when_it_is_back_and_the_peer_may_try_again()
    {
        var newcomer = Begin("b");
        Assert.True(_loans.TryTake(out var handshake));
        handshake.Transport.Dispose();
        handshake.TakeBack(_relay.Now);
        var broken = new Handshake(handshake.Peer, new SecureTransport(new Throwing(), DtlsRole.Server, VirtualRelay.ClientDtls.Fingerprint));
        handshake.Peer.Handshake = broken;
        Assert.True(broken.TryAdd([22]));
        Assert.True(broken.TryLend(_relay.Now));
        broken.Run();

        Assert.Throws<InvalidOperationException>(() => _relay.Core.OnHandshakeRun(broken, _relay.Now));
        _loans.IsInline = true;
        _relay.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(1, Counters.HandshakesFailed);
        Assert.Equal(2, Counters.HandshakesStarted);
        Assert.Equal(PeerState.Connected, newcomer.State);
    }

    [Fact]
    public async Task The_thread_runs_them_in_the_order_of_their_lending()
    {
        var count = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var thread = new HandshakeThread(() =>
        {
            if (Interlocked.Increment(ref count) == 20) all.SetResult();
        });
        thread.Start("test handshakes");
        var order = new ConcurrentQueue<int>();
        for (var i = 0; i < 20; i++)
        {
            var handshake = new Handshake(null!, new SecureTransport(new Noting(i, order), DtlsRole.Server, VirtualRelay.ClientDtls.Fingerprint)); // nobody asks whose
            handshake.TryAdd([22]);
            handshake.TryLend(TimeSpan.Zero);
            thread.Run(handshake);
        }

        await all.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 20), order);
        Assert.True(thread.HasDone);
    }

    [Fact]
    public void A_flight_that_was_long_on_loan_is_not_repeated_as_soon_as_it_has_been_sent()
    {
        Begin("b");
        Assert.True(_loans.TryTake(out var handshake));
        handshake.Run();
        _relay.Advance(TimeSpan.FromMilliseconds(260)); // longer than the first wait for an answer
        _relay.SentTo.Clear();

        _relay.Core.OnHandshakeRun(handshake, _relay.Now);
        var sent = DtlsSent();
        _relay.Core.OnTimeout(_relay.Now + TimeSpan.FromMilliseconds(20));

        Assert.NotEqual(0, sent);
        Assert.Equal(sent, DtlsSent());

        int DtlsSent() => _relay.SentTo.Count(datagram => datagram.Datagram[0] == 22);
    }

    [Fact]
    public void A_goodbye_that_came_right_behind_the_last_flight_is_a_goodbye()
    {
        Begin("b");
        Assert.True(_loans.TryTake(out var handshake));
        var peer = handshake.Peer;
        handshake.TakeBack(_relay.Now);
        var goodbye = new Handshake(peer, new SecureTransport(new ConnectsThenCloses(), DtlsRole.Server, VirtualRelay.ClientDtls.Fingerprint));
        peer.Handshake = goodbye;
        Assert.True(goodbye.TryAdd([22]));
        Assert.True(goodbye.TryAdd([21]));
        Assert.True(goodbye.TryLend(_relay.Now));
        goodbye.Run();

        _relay.Core.OnHandshakeRun(goodbye, _relay.Now);

        Assert.Equal((1, 0, true), (Counters.HandshakesCompleted, Counters.HandshakesFailed, peer.HasLeft));
    }

    [Fact]
    public void Loans_of_a_relay_that_ends_are_given_back_undone()
    {
        var thread = new HandshakeThread(() => { });
        using var relay = new VirtualRelay(handshakes: thread);
        var peers = Enumerable.Range(0, 3).Select(number => Begin(relay, $"s{number}")).ToList(); // not started: nobody runs them

        thread.Dispose();

        Assert.All(peers, peer => Assert.NotEqual(PeerState.Connected, peer.State));
        Assert.Equal(3, relay.Core.Counters.HandshakesStarted);
    }

    private VirtualPeer Begin(string session) => Begin(_relay, session);

    /// <summary>A pupil whose ClientHello has come, and is on loan.</summary>
    private static VirtualPeer Begin(VirtualRelay relay, string session)
    {
        var peer = relay.NewPeer(Offers.Pupil());
        peer.Apply(Assert.IsType<JoinOutcome.Joined>(relay.Join(PeerRole.Pupil, peer.Offer, session: session)), relay.Now);
        relay.Advance(TimeSpan.FromMilliseconds(100));
        return peer;
    }

    private static byte[] DtlsRecordOf(VirtualPeer peer) => [22, 0xFE, 0xFD, .. new byte[9], 1, (byte)peer.Address.Port];

    private sealed class OnLoan : IHandshakeRunner
    {
        public bool IsInline { get; set; }

        public Queue<Handshake> Handshakes { get; } = new();

        public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Handshake? handshake) => Handshakes.TryDequeue(out handshake);

        public bool Run(Handshake handshake)
        {
            if (IsInline) handshake.Run();
            else Handshakes.Enqueue(handshake);
            return IsInline;
        }
    }

    private sealed class Throwing : Session
    {
        public override void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now) => throw new System.Security.Cryptography.CryptographicException("Out of memory.");
    }

    private sealed class Noting(int number, ConcurrentQueue<int> order) : Session
    {
        public override void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now) => order.Enqueue(number);
    }

    private sealed class ConnectsThenCloses : Session
    {
        public override Fingerprint RemoteFingerprint => VirtualRelay.ClientDtls.Fingerprint;

        public override AV1Relay.WebRtc.Srtp.SrtpProfile SrtpProfile => AV1Relay.WebRtc.Srtp.SrtpProfile.AeadAes128Gcm;

        public override void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now) => State = State == DtlsState.Connecting ? DtlsState.Connected : DtlsState.Closed;
    }

    private abstract class Session : IDtlsSession
    {
        public DtlsState State { get; protected set; } = DtlsState.Connecting;

        public string? Failure => null;

        public TimeSpan? NextTimeout => null;

        public virtual Fingerprint? RemoteFingerprint => null;

        public virtual AV1Relay.WebRtc.Srtp.SrtpProfile SrtpProfile => AV1Relay.WebRtc.Srtp.SrtpProfile.None;

        public abstract void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now);

        public void Start(TimeSpan now)
        {
        }

        public void OnTimeout(TimeSpan now)
        {
        }

        public bool TryTakeDatagram(Span<byte> destination, out int length)
        {
            length = 0;
            return false;
        }

        public void ExportSrtpKeys(Span<byte> keyingMaterial) => keyingMaterial.Clear();

        public void Dispose()
        {
        }
    }
}
