using AV1Relay.RobotAgent.Media;
using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class MediaConnectionTests
{
    private static readonly TransportAddress Robot = TransportAddress.FromIPv4(0x0A000002, 40_000);
    private static readonly TransportAddress Relay = TransportAddress.FromIPv4(0xC0000201, 20_000);

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.6)]
    [InlineData(2.1)]
    [InlineData(3.6)] // what ten seconds without network come to: silence for six, and a new connection
    [InlineData(5.1)]
    [InlineData(7.9)] // by now the engine has made another one
    public void A_connection_that_was_made_without_network_has_a_path_within_a_second_of_its_return(double awaySeconds)
    {
        var network = new VirtualNetwork();
        var relay = new IceLiteAgent(IceCredentials.Generate());
        var agent = new IceAgent(IceCredentials.Generate(), [IceCandidate.Host(Robot)], MediaConnection.IceOptions with { Random = new Random(1) });
        network.Add(new AgentHost(agent), Robot);
        network.Add(new LiteHost(relay), Relay);
        network.IsCut = static (_, _) => true;
        agent.SetRemote(relay.Local, [IceCandidate.Host(Relay)], network.Now, isLite: true);
        network.Run(TimeSpan.FromSeconds(awaySeconds));

        network.IsCut = static (_, _) => false;

        Assert.NotNull(network.RunUntil(() => agent.State == IceConnectionState.Connected, TimeSpan.FromSeconds(1)));
    }
}
