using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

public sealed class ForgedAddressTests : IDisposable
{
    private static readonly byte[] Sound = [0xFC, 7, 8];
    private readonly VirtualRelay _relay = new();
    private readonly VirtualPeer _robot;
    private readonly VirtualPeer _pupil;
    private readonly VirtualPeer _stranger;

    public ForgedAddressTests()
    {
        _robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _stranger = _relay.Connect(PeerRole.Pupil, Offers.Pupil(), identity: "two", session: "b");
    }

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void An_authenticated_check_under_anothers_address_takes_nothing_from_whoever_uses_it()
    {
        CheckUnderThePupilsAddress();

        _relay.Send(_pupil, _pupil.Rtp(1, 960, Sound, "a"));

        Assert.Single(_robot.On("a"));
        Assert.NotEqual(0, _relay.Core.Counters.AddressesDefended);
    }

    [Fact]
    public void Nothing_is_answered_to_an_address_that_somebody_else_uses()
    {
        var before = _relay.Core.Counters.PacketsOut;

        CheckUnderThePupilsAddress();

        Assert.Equal(before, _relay.Core.Counters.PacketsOut);
    }

    [Fact]
    public void An_address_that_was_quiet_for_five_seconds_is_anybodys()
    {
        _pupil.IsOnline = false;
        _relay.Advance(PeerTable.AddressKeptFor);

        CheckUnderThePupilsAddress();

        Assert.Equal(0, _relay.Core.Counters.AddressesDefended);
    }

    private void CheckUnderThePupilsAddress()
    {
        _stranger.MoveBehind(_pupil.Address);
        var fragment = ParsedSdp.Fragment(_stranger.RestartIce(_relay.Now));
        var restarted = Assert.IsType<RestartOutcome.Restarted>(_relay.Core.Restart("b", _stranger.Joined.ResourceId, null, "*", fragment));
        _stranger.ApplyRestart(restarted.SdpFragment, _relay.Now);
        _relay.Pump();
    }
}
