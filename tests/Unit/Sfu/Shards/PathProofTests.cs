using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

/// <summary>Media goes only where something has come back from: a password proves who speaks, not where they are.</summary>
public sealed class PathProofTests : IDisposable
{
    private static readonly byte[] Picture = [0x65, 1, 2, 3];
    private static readonly TransportAddress Victim = TransportAddress.FromIPv4(0xC000_0201, 443);
    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void A_peer_that_nominates_an_address_of_somebody_else_sends_no_media_there()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 0, Picture, "v"));
        _relay.SentTo.Clear();

        CheckFrom(Victim, pupil, isNominating: true);
        for (ushort i = 2; i < 200; i++) _relay.Send(robot, robot.Rtp(i, i * 3_000u, Picture, "v"));
        _relay.Advance(TimeSpan.FromSeconds(2));

        var toVictim = _relay.SentTo.Where(sent => sent.Remote == Victim).ToArray();
        Assert.All(toVictim, sent => Assert.True(StunMessage.LooksLikeStun(sent.Datagram)));
        Assert.InRange(toVictim.Sum(sent => sent.Datagram.Length), 1, 3 * 150); // one answer, one question
        Assert.Equal(199, pupil.On("v").Count()); // goes on where it was
    }

    [Fact]
    public void Authentic_media_under_a_forged_address_moves_nothing_there_either()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        CheckFrom(Victim, pupil, isNominating: false);
        _relay.SentTo.Clear();

        for (ushort i = 1; i < 100; i++)
        {
            _relay.Core.OnDatagram(pupil.Rtp(i, i * 960u, [0xFC, 1], "a"), Victim, _relay.Now);
            _relay.Send(robot, robot.Rtp(i, i * 3_000u, Picture, "v"));
        }

        Assert.DoesNotContain(_relay.SentTo, sent => sent.Remote == Victim && !StunMessage.LooksLikeStun(sent.Datagram));
        Assert.Equal(99, pupil.On("v").Count());
    }

    [Fact]
    public void A_handshake_from_an_address_that_never_answers_is_worth_three_times_its_bytes()
    {
        var offer = _relay.NewPeer(Offers.Pupil());
        var joined = Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, offer.Offer));
        offer.Apply(joined, _relay.Now);
        offer.IsOnline = false;
        var received = CheckFrom(Victim, offer, isNominating: true);
        using var dtls = new WebRtc.Dtls.DtlsPair();
        dtls.Client.Start(_relay.Now);
        foreach (var hello in dtls.Take(AV1Relay.WebRtc.Dtls.DtlsRole.Client))
        {
            received += hello.Length;
            _relay.Core.OnDatagram(hello, Victim, _relay.Now);
        }

        _relay.Advance(TimeSpan.FromSeconds(20)); // every retransmission that there is

        var records = _relay.SentTo.Where(sent => sent.Remote == Victim && !StunMessage.LooksLikeStun(sent.Datagram)).Sum(sent => sent.Datagram.Length);
        Assert.InRange(records, 0, 3 * received);
        Assert.NotEqual(0, _relay.Core.Counters.UnprovedWithheld);
    }

    [Fact]
    public void The_handshakes_last_flight_goes_out_although_no_question_was_answered_yet()
    {
        var peer = _relay.NewPeer(Offers.Pupil());
        peer.AnswersChecks = false;
        peer.Apply(Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, peer.Offer)), _relay.Now);

        _relay.Advance(TimeSpan.FromMilliseconds(100)); // far below the client's first retransmission

        Assert.Equal(PeerState.Connected, peer.State);
    }

    [Fact]
    public void A_peer_that_really_moved_has_its_media_as_soon_as_it_has_answered()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var proved = _relay.Core.Counters.PathsProved;
        pupil.MoveBehind(TransportAddress.FromIPv4(0x0A00_0099, 7));
        _relay.Advance(TimeSpan.FromSeconds(6)); // its next check

        _relay.Send(pupil, pupil.Rtp(1, 960, [0xFC, 1], "a"));
        _relay.Send(robot, robot.Rtp(1, 0, Picture, "v"));

        Assert.Single(pupil.On("v"));
        Assert.Equal(proved + 1, _relay.Core.Counters.PathsProved);
    }

    [Fact]
    public void An_answer_with_another_transaction_or_another_password_proves_nothing()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.SentTo.Clear();
        CheckFrom(Victim, pupil, isNominating: true);
        var question = _relay.SentTo.Select(sent => sent.Datagram).Single(IsRequest);
        var proved = _relay.Core.Counters.PathsProved;

        Answer(new byte[StunTransactionId.Length], "whatever it may be, it is not this"u8);
        Answer(question.AsSpan(8, StunTransactionId.Length), "a guess, for the question was seen"u8);

        Assert.Equal(proved, _relay.Core.Counters.PathsProved);

        void Answer(ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> password)
        {
            var buffer = new byte[200];
            var writer = new StunMessageWriter(buffer, StunClass.SuccessResponse, transactionId);
            writer.AddXorMappedAddress(Victim);
            writer.AddMessageIntegrity(password);
            _relay.Core.OnDatagram(buffer.AsSpan(0, writer.Finish()), Victim, _relay.Now);
        }
    }

    private static bool IsRequest(byte[] datagram)
        => StunMessage.TryParse(datagram, out var message) == StunParseError.None && message.Class == StunClass.Request;

    /// <returns>Bytes that were sent.</returns>
    private int CheckFrom(TransportAddress source, VirtualPeer peer, bool isNominating)
    {
        var check = Checks.For(peer.Joined, isNominating);
        _relay.Core.OnDatagram(check, source, _relay.Now);
        _relay.Pump();
        return check.Length;
    }
}
