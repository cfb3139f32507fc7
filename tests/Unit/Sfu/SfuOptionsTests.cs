using System.Net;
using AV1Relay.Sfu;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu;

public sealed class SfuOptionsTests
{
    private static readonly SfuOptionsValidator Validator = new();

    [Fact]
    public void The_defaults_are_good() => Assert.True(Validator.Validate(null, new SfuOptions()).Succeeded);

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void A_bad_setting_is_named(SfuOptions options, string name)
    {
        var result = Validator.Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains(name, result.FailureMessage, StringComparison.Ordinal);
    }

    public static TheoryData<SfuOptions, string> BadOnes => new()
    {
        { new SfuOptions { MediaAddresses = [] }, nameof(SfuOptions.MediaAddresses) },
        { new SfuOptions { MediaAddresses = ["relay.example"] }, nameof(SfuOptions.MediaAddresses) },
        { new SfuOptions { MediaPort = 65_535, Shards = 2 }, nameof(SfuOptions.MediaPort) },
        { new SfuOptions { MediaBind = "nowhere" }, nameof(SfuOptions.MediaBind) },
        { new SfuOptions { PeerTimeoutSeconds = 4 }, nameof(SfuOptions.PeerTimeoutSeconds) },
        { new SfuOptions { MaxSessions = 0 }, nameof(SfuOptions.MaxSessions) },
        { new SfuOptions { HistoryBytesPerStream = 1 }, nameof(SfuOptions.HistoryBytesPerStream) },
    };

    [Fact]
    public void Each_shard_binds_the_next_port()
    {
        var options = new SfuOptions { MediaAddresses = ["192.0.2.1"], MediaPort = 20_000 };

        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 20_003), options.BindOf(3));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 31), new SfuOptions { MediaBind = "127.0.0.1:30" }.BindOf(1));
        Assert.Equal(new IPEndPoint(IPAddress.Any, 20_000), new SfuOptions { MediaAddresses = ["192.0.2.1", "127.0.0.1"] }.BindOf(0));
    }

    [Theory]
    [InlineData("a", 4)] // FNV-1a by hand: another process must come to the same
    [InlineData("demo", 6)]
    [InlineData("8f14e45f-ceea-467f-a1b2-3c4d5e6f7a8b", 5)]
    public void A_session_always_comes_to_the_same_shard(string session, int expected)
        => Assert.Equal(expected, MediaRelay.ShardIndex(session, 8));

    [Fact]
    public void Sessions_spread_over_all_shards()
        => Assert.Equal(8, Enumerable.Range(0, 200).Select(i => MediaRelay.ShardIndex($"s-{i}", 8)).Distinct().Count());
}
