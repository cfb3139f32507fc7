using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.Sfu.Shards;
using AV1Relay.WebRtc;
using Xunit;

namespace AV1Relay.Tests.Unit.Incidents;

public sealed class StunIncidents : IDisposable
{
    private static readonly TransportAddress Victim = TransportAddress.FromIPv4(0xC000_0201, 53);
    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Stun_amplifiers_a_message_without_our_username_or_without_integrity_is_met_with_silence()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.SentTo.Clear();
        byte[] bare = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

        _relay.Core.OnDatagram(bare, Victim, _relay.Now);
        _relay.Core.OnDatagram(Checks.For("ABCDEFGH", "0123456789012345678901"), Victim, _relay.Now);
        _relay.Core.OnDatagram(Checks.Unsigned(pupil.Joined), Victim, _relay.Now);

        Assert.Empty(_relay.SentTo);
        Assert.Equal(3, _relay.Core.Counters.ChecksIgnored);
    }

    [Fact]
    public void Stun_amplifiers_a_source_has_a_bucket()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        for (var i = 0; i < 1_000; i++) _relay.Core.OnDatagram(Checks.Unsigned(pupil.Joined), Victim, _relay.Now);

        Assert.Equal(1_000 - 2 * new SfuOptions().ChecksPerSecondPerSource, _relay.Core.Counters.SourcesLimited);
    }

    [Fact]
    public void Stun_amplifiers_even_an_insider_gets_a_victim_no_more_than_it_spends_itself()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.SentTo.Clear();
        var spent = 0;

        for (var i = 0; i < 50; i++)
        {
            var check = Checks.For(pupil.Joined, isNominating: true);
            spent += check.Length;
            _relay.Core.OnDatagram(check, Victim, _relay.Now);
            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(_relay.SentTo.Where(sent => sent.Remote == Victim).Sum(sent => sent.Datagram.Length), 1, spent);
    }
}
