using System.CommandLine;
using AV1Relay.RelayServer.Commands;
using AV1Relay.RelayServer.Composition;
using AV1Relay.Sfu;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class ServeOptionsTests
{
    [Theory]
    [InlineData("127.0.0.1:20000")]
    [InlineData("192.0.2.7:20000", "--media-address", "192.0.2.7")]
    [InlineData("0.0.0.0:20000", "--media-address", "192.0.2.7,198.51.100.7")]
    [InlineData("[::]:20000", "--media-address", "192.0.2.7,2001:db8::7")]
    [InlineData("0.0.0.0:31000", "--media-address", "192.0.2.7,198.51.100.7", "--media-port", "31000")]
    [InlineData("10.0.0.7:32000", "--media-address", "192.0.2.7,198.51.100.7", "--media-bind", "10.0.0.7:32000")]
    [InlineData("10.0.0.7:32000", "--media-address", "192.0.2.7", "--media-bind", "10.0.0.7:32000")]
    public void Media_sockets_are_open_at_every_address_that_is_advertised(string bound, params string[] arguments) =>
        Assert.Equal(bound, Read(arguments).ToSfuOptions().BindOf(0).ToString());

    [Fact]
    public void What_is_advertised_is_what_was_given() =>
        Assert.Equal(["192.0.2.7", "198.51.100.7"], Read("--media-address", "192.0.2.7, 198.51.100.7").ToSfuOptions().MediaAddresses);

    [Fact]
    public void A_limit_of_the_media_relay_is_set_by_its_name()
    {
        var options = Read("--media-limit", "MaxPeers=12", "--media-limit", "handshakeDeadlineSeconds=3").ToSfuOptions();

        Assert.Equal((12, 3), (options.MaxPeers, options.HandshakeDeadlineSeconds));
        Assert.Equal(new SfuOptions().MaxSessions, options.MaxSessions);
    }

    [Theory]
    [InlineData("MaxPeers=0", "MaxPeers")] // out of its range
    [InlineData("MaxPeers=many", "MaxPeers=8000")]
    [InlineData("MaxPeers", "MaxPeers=8000")]
    [InlineData("MediaPort=5", "there is no limit 'MediaPort'")]
    [InlineData("MaxPupils=5", "MaxObserversPerSession")]
    public void A_limit_that_cannot_be_is_refused_in_words(string limit, string words) =>
        Assert.Contains(words, Assert.Throws<CommandException>(() => Read("--media-limit", limit)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true, "--urls", "http://192.0.2.7:8080")]
    [InlineData(true, "--urls", "http://0.0.0.0:8080")]
    [InlineData(true, "--urls", "http://127.0.0.1:8080,http://192.0.2.7:8080")]
    [InlineData(true, "--urls", "http://0.0.0.0:8080", "--public-url", "http://relay.example.org")]
    [InlineData(false, "--urls", "http://0.0.0.0:8080", "--public-url", "https://relay.example.org")]
    [InlineData(false, "--urls", "https://0.0.0.0:8443")]
    [InlineData(false, "--urls", "http://localhost:8080")]
    [InlineData(false)]
    public void Pages_that_others_reach_in_the_clear_are_warned_of(bool isWarned, params string[] arguments) =>
        Assert.Equal(isWarned, ServeOptions.WarningOf(Read(arguments))?.Contains("--public-url https://", StringComparison.Ordinal) is true);

    [Fact]
    public void A_trusted_proxy_is_an_address_or_a_network()
    {
        var proxies = Read("--trusted-proxy", "192.0.2.7", "--trusted-proxy", "10.0.0.0/24", "--trusted-proxy", "2001:db8::7").TrustedProxies;

        Assert.Equal(["192.0.2.7/32", "10.0.0.0/24", "2001:db8::7/128"], proxies.Select(proxy => proxy.ToString()));
    }

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("0.0.0.0/0")] // everybody
    public void A_proxy_that_is_neither_is_refused_in_words(string proxy) =>
        Assert.Contains("--trusted-proxy", Assert.Throws<CommandException>(() => Read("--trusted-proxy", proxy)).Message, StringComparison.Ordinal);

    private static RelaySettings Read(params string[] arguments)
    {
        var options = new ServeOptions();
        var command = new Command("serve");
        options.AddTo(command);
        return options.Read(command.Parse(["--data", "unused", .. arguments]));
    }
}
