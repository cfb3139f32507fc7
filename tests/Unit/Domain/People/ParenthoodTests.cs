using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

public sealed class ParenthoodTests
{
    private static readonly Act Office = new(default, Instant.FromUtc(2026, 9, 1, 8, 0));
    private static readonly LocalDate Day = new(2026, 9, 2);
    private static readonly Parenthood Lived = new(default, default, livesWith: true, Day, Day.PlusDays(10), Office);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void It_holds_from_its_first_day_to_its_last(int days, bool holds) => Assert.Equal(holds, Lived.HoldsOn(Day.PlusDays(days)));

    [Fact]
    public void Who_entered_it_is_remembered_when_it_ends() => Assert.Equal(Office, Lived.End(Day, Office with { Why = "Moved" }).Value.Entered);

    [Fact]
    public void It_does_not_end_before_it_began()
        => Assert.Equal("parenthood.ends-too-early", Assert.Single(Lived.End(Day.PlusDays(-1), Office).Refusals).Code);

    [Fact]
    public void It_is_not_rebuilt_ended_without_a_last_day()
        => Assert.Throws<ArgumentException>(() => new Parenthood(default, default, livesWith: true, Day, null, Office, Office));
}
