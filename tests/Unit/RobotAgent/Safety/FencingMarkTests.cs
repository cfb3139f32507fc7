using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class FencingMarkTests
{
    private static readonly FencingMark Open = FencingMark.Of(SafetyFixture.AGrant(ulong.MaxValue));

    [Fact]
    public void A_mark_comes_back_from_its_line()
    {
        Assert.Equal(Open, FencingMark.TryParse(Open.ToString() + "\n"));
        Assert.Equal(Open.Close(), FencingMark.TryParse(Open.Close().ToString()));
        Assert.Equal(FencingMark.None, FencingMark.TryParse(FencingMark.None.ToString()));
    }

    [Fact]
    public void A_mark_does_not_tell_which_session_it_was() =>
        Assert.DoesNotContain(SafetyFixture.AGrant(1).Session, Open.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("-7 -")]
    [InlineData("seven -")]
    [InlineData("7 - 1")]
    [InlineData("7 abc 1 1 2")]
    [InlineData("18446744073709551616 -")]
    public void Another_line_is_no_mark(string line) => Assert.Null(FencingMark.TryParse(line));

    [Fact]
    public void No_beginning_of_a_line_is_taken_for_the_mark()
    {
        var line = Open.ToString();

        for (var length = 0; length < line.Length; length++)
            Assert.NotEqual(Open, FencingMark.TryParse(line[..length]));
    }
}
