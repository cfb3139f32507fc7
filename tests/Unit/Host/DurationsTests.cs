using AV1Relay.RelayServer.Commands;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("8h", 28_800)]
    [InlineData("1h30m", 5_400)]
    [InlineData("2d", 172_800)]
    public void Times_are_read_as_people_type_them(string text, int seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("90")]
    [InlineData("h")]
    [InlineData("1.5h")]
    [InlineData("-1h")]
    [InlineData("1m1h")]
    [InlineData("31d")]
    [InlineData("999999999999h")]
    public void Anything_else_is_refused(string text) => Assert.False(Durations.TryParse(text, out _));
}
