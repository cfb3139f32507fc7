using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Ice;

public sealed class IceAgentTests
{
    private static readonly TransportAddress Robot = TransportAddress.FromIPv4(0x0A000002, 40_000);
    private static readonly TransportAddress RobotByCable = TransportAddress.FromIPv4(0x0A000102, 40_001);
    private static readonly TransportAddress RobotTcp = TransportAddress.FromIPv4(0x0A000002, IceCandidate.ActiveTcpPort, TransportProtocol.Tcp);
    private static readonly TransportAddress Relay = TransportAddress.FromIPv4(0xC0000201, 20_000);
    private static readonly TransportAddress RelayTcp = TransportAddress.FromIPv4(0xC0000201, 443, TransportProtocol.Tcp);

    private static readonly IceCandidate RelayCandidate = IceCandidate.Host(Relay);
    private static readonly IceCandidate RelayTcpCandidate = IceCandidate.Host(RelayTcp, tcpType: IceTcpType.Passive);

    private readonly IceLiteAgent _relay = new(IceCredentials.Generate());

    [Fact]
    public void A_lite_peer_is_connected_after_one_round_trip_and_nominated_after_two()
    {
        var (network, agent) = Build();
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);

        Assert.Equal(TimeSpan.FromMilliseconds(20), network.RunUntil(() => agent.State == IceConnectionState.Connected, TimeSpan.FromSeconds(5)));
        Assert.Equal(new CandidatePair(Robot, Relay), agent.Selected);
        Assert.Equal(TimeSpan.FromMilliseconds(20), network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5)));
        Assert.Equal(Robot, _relay.Selected);
        Assert.Equal(TimeSpan.FromMilliseconds(20), agent.RoundTrip);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_third_of_the_datagrams_lost_only_costs_time(int seed)
    {
        var (network, agent) = Build(seed);
        network.Loss = 0.33;
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);

        Assert.NotNull(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(60)));
        Assert.Equal(Robot, _relay.Selected);
    }

    [Fact]
    public void Without_an_answer_the_checks_back_off_and_then_fail()
    {
        var (network, agent) = Build();
        network.Loss = 1;
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);
        var start = network.Now;

        var after = network.RunUntil(() => agent.State == IceConnectionState.Failed, TimeSpan.FromSeconds(60));

        // RFC 8489 §6.2.1 with an RTO of 500 ms.
        Assert.Equal([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500], network.Log.Select(sent => (int)(sent.At - start).TotalMilliseconds));
        Assert.Equal(39_500, after?.TotalMilliseconds);
        Assert.Null(agent.Selected);
        Assert.Null(agent.NextTimeout);
    }

    [Fact]
    public void Checks_back_off_no_further_than_they_were_told_to()
    {
        var (network, agent) = Build(options: new() { LongestRetransmission = TimeSpan.FromMilliseconds(1_200), MaxTransmissions = 6 });
        network.Loss = 1;
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);
        var start = network.Now;

        var after = network.RunUntil(() => agent.State == IceConnectionState.Failed, TimeSpan.FromSeconds(60));

        Assert.Equal([0, 500, 1_500, 2_700, 3_900, 5_100], network.Log.Select(sent => (int)(sent.At - start).TotalMilliseconds));
        Assert.Equal(13_100, after?.TotalMilliseconds); // the last one is waited for as long as ever
    }

    [Fact]
    public void A_peer_with_another_password_never_connects()
    {
        var (network, agent) = Build();
        agent.SetRemote(_relay.Local with { Password = "not-the-relays-password!" }, [RelayCandidate], network.Now, isLite: true);

        network.Run(TimeSpan.FromSeconds(60));

        Assert.Equal(IceConnectionState.Failed, agent.State);
        Assert.Null(_relay.Selected);
    }

    [Fact]
    public void A_forged_answer_changes_nothing()
    {
        var (network, agent) = Build();
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);
        var buffer = new byte[512];
        Assert.True(agent.TryTakeDatagram(buffer, out var length, out _, out _));
        StunMessage.TryParse(buffer.AsSpan(0, length), out var request);
        var forged = new byte[128];
        var writer = new StunMessageWriter(forged, StunClass.SuccessResponse, request.TransactionId);
        writer.AddXorMappedAddress(Robot);
        writer.AddMessageIntegrity("a guess"u8);

        agent.OnDatagram(forged.AsSpan(0, writer.Finish()), Robot, Relay, network.Now);

        Assert.Equal(IceConnectionState.Checking, agent.State);
        Assert.Null(agent.Selected);
    }

    [Fact]
    public void New_checks_leave_fifty_milliseconds_apart()
    {
        var locals = Enumerable.Range(0, 8).Select(i => IceCandidate.Host(TransportAddress.FromIPv4(0x0A000100u + (uint)i, 4_000), (ushort)(65_535 - i)));
        var agent = new IceAgent(IceCredentials.Generate(), [.. locals], new IceAgentOptions { Random = new Random(7) });
        var network = new VirtualNetwork { Loss = 1 };
        network.Add(new AgentHost(agent));
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);

        network.Run(TimeSpan.FromMilliseconds(390));

        Assert.Equal(8, network.Log.Count);
        Assert.All(network.Log.Zip(network.Log.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMilliseconds(50)));
        Assert.Equal(0x0A000100u, network.Log[0].From.IPv4); // the best first
    }

    [Fact]
    public void Consent_is_asked_about_every_five_seconds_and_not_in_step()
    {
        var (network, agent) = Connected();
        network.Log.Clear();

        network.Run(TimeSpan.FromSeconds(100));

        var requests = network.Log.Where(sent => sent.From == Robot).Select(sent => sent.At).ToList();
        var gaps = requests.Zip(requests.Skip(1), (one, other) => (other - one).TotalSeconds).ToList();
        Assert.InRange(gaps.Count, 15, 24);
        Assert.All(gaps, gap => Assert.InRange(gap, 3.99, 6.1));
        Assert.True(gaps.Distinct().Count() > 10);
        Assert.Equal(IceConnectionState.Connected, agent.State);
    }

    [Fact]
    public void A_silent_peer_is_disconnected_then_failed_and_nothing_is_sent_any_more()
    {
        var (network, agent) = Connected();
        network.Loss = 1;

        var disconnected = network.RunUntil(() => agent.State == IceConnectionState.Disconnected, TimeSpan.FromSeconds(60));
        Assert.InRange(disconnected?.TotalSeconds ?? 0, 5, 11.1);
        Assert.NotNull(agent.Selected);
        var failed = network.RunUntil(() => agent.State == IceConnectionState.Failed, TimeSpan.FromSeconds(60));
        Assert.InRange((disconnected + failed)?.TotalSeconds ?? 0, 23, 30.1);
        network.Log.Clear();
        network.Run(TimeSpan.FromMinutes(2));

        Assert.Null(agent.Selected);
        Assert.Empty(network.Log);
    }

    [Fact]
    public void A_peer_that_comes_back_in_time_is_connected_again()
    {
        var (network, agent) = Connected();
        network.Loss = 1;
        network.RunUntil(() => agent.State == IceConnectionState.Disconnected, TimeSpan.FromSeconds(60));
        network.Run(TimeSpan.FromSeconds(5));

        network.Loss = 0;

        Assert.InRange(network.RunUntil(() => agent.State == IceConnectionState.Connected, TimeSpan.FromSeconds(60))?.TotalSeconds ?? 99, 0, 1.1);
    }

    [Fact]
    public void A_restart_moves_to_another_address_while_the_old_path_lasts()
    {
        var (network, agent) = Connected();
        network.Add(new AgentHost(agent), RobotByCable);
        var old = agent.Selected;
        _relay.Restart(IceCredentials.Generate());
        agent.Restart(IceCredentials.Generate(), [IceCandidate.Host(RobotByCable)]);
        Assert.Equal(old, agent.Selected);
        Assert.Equal(IceConnectionState.Connected, agent.State);

        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);
        Assert.NotNull(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5)));

        Assert.Equal(new CandidatePair(RobotByCable, Relay), agent.Selected);
        Assert.Equal(RobotByCable, _relay.Selected);
    }

    [Fact]
    public void A_restart_brings_back_what_had_failed()
    {
        var (network, agent) = Connected();
        network.Loss = 1;
        network.RunUntil(() => agent.State == IceConnectionState.Failed, TimeSpan.FromSeconds(60));
        network.Loss = 0;

        _relay.Restart(IceCredentials.Generate());
        agent.Restart(IceCredentials.Generate());
        Assert.Equal(IceConnectionState.New, agent.State);
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);

        Assert.Equal(TimeSpan.FromMilliseconds(20), network.RunUntil(() => agent.State == IceConnectionState.Connected, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void One_lost_datagram_does_not_move_the_call_to_tcp()
    {
        var (network, agent) = Build(withTcp: true);
        var first = true;
        network.IsCut = (from, _) => from == Robot && first && !(first = false);
        agent.SetRemote(_relay.Local, [RelayCandidate, RelayTcpCandidate], network.Now, isLite: true);

        Assert.NotNull(network.RunUntil(() => agent.Selected?.Remote == RelayTcp, TimeSpan.FromSeconds(1))); // meanwhile
        Assert.NotNull(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5)));
        Assert.Equal(Relay, agent.Selected?.Remote);
    }

    [Fact]
    public void Where_udp_is_blocked_tcp_carries_the_call()
    {
        var (network, agent) = Build(withTcp: true);
        network.IsCut = static (from, to) => from.Protocol == TransportProtocol.Udp || to.Protocol == TransportProtocol.Udp;
        agent.SetRemote(_relay.Local, [RelayCandidate, RelayTcpCandidate], network.Now, isLite: true);

        Assert.InRange(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5))?.TotalSeconds ?? 99, 0, 1);
        Assert.Equal(new CandidatePair(RobotTcp, RelayTcp), agent.Selected);
        Assert.Equal(RobotTcp, _relay.Selected);
    }

    [Fact]
    public void Behind_a_nat_the_relay_learns_the_outer_address()
    {
        var (network, agent) = Build();
        var outer = TransportAddress.FromIPv4(0xCB007109, 61_000);
        network.Nat[Robot] = outer;
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);

        Assert.NotNull(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5)));
        Assert.Equal(outer, _relay.Selected);
        Assert.Equal(Robot, agent.Selected?.Local);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Two_full_agents_settle_who_controls_and_agree_on_a_path(int seed, int otherSeed)
    {
        var network = new VirtualNetwork();
        var one = new IceAgent(IceCredentials.Generate(), [IceCandidate.Host(Robot)], new IceAgentOptions { Random = new Random(seed) });
        var other = new IceAgent(IceCredentials.Generate(), [RelayCandidate], new IceAgentOptions { Random = new Random(otherSeed) });
        network.Add(new AgentHost(one), Robot);
        network.Add(new AgentHost(other), Relay);
        one.SetRemote(other.Local, [RelayCandidate], network.Now);
        other.SetRemote(one.Local, [IceCandidate.Host(Robot)], network.Now);

        Assert.NotNull(network.RunUntil(() => one.IsNominated && other.IsNominated, TimeSpan.FromSeconds(5)));
        Assert.Equal(new CandidatePair(Robot, Relay), one.Selected);
        Assert.Equal(new CandidatePair(Relay, Robot), other.Selected);
        network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(IceConnectionState.Connected, one.State);
        Assert.Equal(IceConnectionState.Connected, other.State);
    }

    [Fact]
    public void A_peer_that_hides_its_addresses_is_learnt_from_its_checks()
    {
        var network = new VirtualNetwork();
        var one = new IceAgent(IceCredentials.Generate(), [IceCandidate.Host(Robot)], new IceAgentOptions { Random = new Random(3) });
        var other = new IceAgent(IceCredentials.Generate(), [RelayCandidate], new IceAgentOptions { Random = new Random(4) });
        network.Add(new AgentHost(one), Robot);
        network.Add(new AgentHost(other), Relay);
        one.SetRemote(other.Local, [], network.Now);
        other.SetRemote(one.Local, [IceCandidate.Host(Robot)], network.Now);

        Assert.NotNull(network.RunUntil(() => one.IsNominated && other.IsNominated, TimeSpan.FromSeconds(5)));
        Assert.Equal(Relay, one.Selected?.Remote);
    }

    [Fact]
    public void Without_any_pair_it_gives_up_after_its_patience()
    {
        var (network, agent) = Build();
        agent.SetRemote(_relay.Local, [IceCandidate.Host(new TransportAddress((UInt128)0x20010DB8 << 96, 1))], network.Now, isLite: true);

        Assert.Equal(TimeSpan.FromSeconds(30), network.RunUntil(() => agent.State == IceConnectionState.Failed, TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Candidates_and_pairs_are_capped()
    {
        var locals = Enumerable.Range(0, 20).Select(i => IceCandidate.Host(TransportAddress.FromIPv4(0x0A000100u + (uint)i, 4_000)));
        var remotes = Enumerable.Range(0, 500).Select(i => IceCandidate.Host(TransportAddress.FromIPv4(0xC0000200u + (uint)i, 4_000)));
        var agent = new IceAgent(IceCredentials.Generate(), [.. locals]);
        var network = new VirtualNetwork { Loss = 1 };
        network.Add(new AgentHost(agent));
        agent.SetRemote(_relay.Local, [.. remotes], network.Now);

        network.Run(TimeSpan.FromMinutes(10)); // a hundred pairs wait longer for each answer

        Assert.Equal(IceConnectionState.Failed, agent.State);
        Assert.InRange(network.Log.Select(sent => (sent.From, sent.To)).Distinct().Count(), 50, 100);
    }

    [Fact]
    public void Random_datagrams_and_changed_checks_do_nothing()
    {
        var (network, agent) = Connected();
        var random = new Random(9);
        var sample = network.Log[0].Datagram;
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = (byte[])sample.Clone();
            for (var change = random.Next(1, 4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            agent.OnDatagram(bytes.AsSpan(0, random.Next(bytes.Length + 1)), Robot, Relay, network.Now);
        }

        Assert.Equal(IceConnectionState.Connected, agent.State);
        Assert.False(agent.TryTakeDatagram(new byte[700], out _, out _, out _));
    }

    private (VirtualNetwork Network, IceAgent Agent) Build(int seed = 1, bool withTcp = false, IceAgentOptions? options = null)
    {
        var network = new VirtualNetwork(seed);
        List<IceCandidate> locals = [IceCandidate.Host(Robot)];
        if (withTcp) locals.Add(IceCandidate.Host(RobotTcp, tcpType: IceTcpType.Active));
        var agent = new IceAgent(IceCredentials.Generate(), locals, (options ?? new()) with { Random = new Random(seed) });
        network.Add(new AgentHost(agent), Robot, RobotTcp);
        network.Add(new LiteHost(_relay), Relay, RelayTcp);
        return (network, agent);
    }

    private (VirtualNetwork Network, IceAgent Agent) Connected()
    {
        var (network, agent) = Build();
        agent.SetRemote(_relay.Local, [RelayCandidate], network.Now, isLite: true);
        Assert.NotNull(network.RunUntil(() => agent.IsNominated, TimeSpan.FromSeconds(5)));
        return (network, agent);
    }
}
