using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Ice;

public sealed class IceCandidateTests
{
    [Theory]
    [InlineData("candidate:1 1 udp 2122317823 192.168.1.20 56219 typ host")]
    [InlineData("candidate:842163049 1 udp 1677729535 203.0.113.9 46154 typ srflx raddr 10.0.0.4 rport 46154")]
    [InlineData("candidate:3 1 tcp 1518280447 192.168.1.20 9 typ host tcptype active")]
    [InlineData("candidate:4 1 tcp 1518280447 2001:db8::1 443 typ host tcptype passive")]
    [InlineData("candidate:x+/9 1 udp 41885439 198.51.100.7 3478 typ relay raddr 203.0.113.9 rport 46154")]
    public void A_candidate_is_printed_as_it_was_read(string line)
    {
        Assert.True(IceCandidate.TryParse(line, out var candidate));
        Assert.Equal(line, candidate.ToString());
    }

    [Fact]
    public void Extensions_that_nobody_knows_are_passed_over()
    {
        Assert.True(IceCandidate.TryParse(
            "a=candidate:1 1 UDP 2122260223 10.0.0.4 46154 typ host generation 0 ufrag EsAw network-id 1 network-cost 10", out var candidate));
        Assert.Equal(TransportAddress.FromIPv4(0x0A000004, 46154), candidate.Address);
        Assert.Equal(2122260223u, candidate.Priority);
    }

    [Theory]
    [InlineData("")]
    [InlineData("candidate:")]
    [InlineData("candidate:1 1 udp 1 e4126fd3-34de-4ed6-8226-d58995e95784.local 38455 typ host")]
    [InlineData("candidate:1 1 udp 1 relay.example 38455 typ host")]
    [InlineData("candidate:1 1 udp 1 10.1 38455 typ host")]
    [InlineData("candidate:1 1 udp 1 [::1] 38455 typ host")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 65536 typ host")]
    [InlineData("candidate:1 1 udp 4294967296 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 0 udp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 sctp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 1 typ unheard")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 1 host")]
    [InlineData("candidate:1 1 tcp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 tcp 1 10.0.0.1 1 typ host tcptype sideways")]
    [InlineData("candidate:123456789012345678901234567890123 1 udp 1 10.0.0.1 1 typ host")]
    public void Names_and_malformed_lines_are_refused(string line) => Assert.False(IceCandidate.TryParse(line, out _));

    [Fact]
    public void Every_shortened_line_is_read_or_refused_but_never_throws()
    {
        const string line = "candidate:842163049 1 udp 1677729535 203.0.113.9 46154 typ srflx raddr 10.0.0.4 rport 46154 tcptype active";
        for (var length = 0; length <= line.Length; length++) _ = IceCandidate.TryParse(line[..length], out _);
        Assert.False(IceCandidate.TryParse(new string('a', 100_000), out _));
    }

    [Fact]
    public void Udp_goes_before_tcp_and_the_preferred_address_before_others()
    {
        var first = IceCandidate.Host(TransportAddress.FromIPv4(0x0A000001, 1));
        var second = IceCandidate.Host(TransportAddress.FromIPv4(0x0A000002, 1), localPreference: 65_534);
        var tcp = IceCandidate.Host(TransportAddress.FromIPv4(0x0A000001, 9, TransportProtocol.Tcp), tcpType: IceTcpType.Active);

        Assert.Equal(2_130_706_431u, first.Priority);
        Assert.True(first.Priority > second.Priority && second.Priority > tcp.Priority);
        Assert.NotEqual(first.Foundation, second.Foundation);
        Assert.NotEqual(first.Foundation, tcp.Foundation);
    }

    [Fact]
    public void Made_credentials_are_well_formed_and_differ()
    {
        var one = IceCredentials.Generate();

        Assert.True(one.IsWellFormed);
        Assert.NotEqual(one, IceCredentials.Generate());
        Assert.DoesNotContain(one.Password, one.ToString(), StringComparison.Ordinal);
    }
}
