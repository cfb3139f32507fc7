using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

public sealed class SchoolingTests
{
    private static readonly Act Office = new(default, Instant.FromUtc(2026, 9, 1, 8, 0));
    private static readonly SchoolId First = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly SchoolId Second = new(new Guid(2, 0, 0, new byte[8]));
    private static readonly LocalDate Day = new(2026, 9, 2);

    [Fact]
    public void A_pupil_is_at_a_school_from_the_first_day_on()
        => Assert.Equal((null, First), (AtFirst().SchoolOn(Day.PlusDays(-1)), AtFirst().SchoolOn(Day)));

    [Fact]
    public void At_another_school_the_pupil_is_no_longer_at_the_one_before()
    {
        var moved = AtFirst().Begin(Second, Day.PlusDays(30), Office).Value;

        Assert.Equal((First, Second), (moved.SchoolOn(Day.PlusDays(29)), moved.SchoolOn(Day.PlusDays(30))));
    }

    [Fact]
    public void Who_has_left_is_at_no_school() => Assert.Null(Left().SchoolOn(Day.PlusDays(11)));

    [Fact]
    public void Who_has_left_may_come_back() => Assert.Equal(First, Left().Begin(First, Day.PlusDays(20), Office).Value.SchoolOn(Day.PlusDays(20)));

    [Fact]
    public void Who_came_is_remembered_when_somebody_leaves() => Assert.Equal((Office, Office), (Left().Placements[0].Entered, Left().Placements[0].Ended));

    [Fact]
    public void Another_school_begins_after_the_one_before() => AssertRefused("schooling.begins-too-early", AtFirst().Begin(Second, Day, Office));

    [Fact]
    public void Another_school_does_not_begin_before_the_last_day_at_the_one_before()
        => AssertRefused("schooling.begins-too-early", Left().Begin(Second, Day.PlusDays(10), Office));

    [Fact]
    public void Nobody_comes_to_the_school_where_they_are() => AssertRefused("schooling.there-already", AtFirst().Begin(First, Day.PlusDays(1), Office));

    [Fact]
    public void Nobody_leaves_twice() => AssertRefused("schooling.at-none", Left().End(Day.PlusDays(12), Office));

    [Fact]
    public void Nobody_leaves_before_they_came() => AssertRefused("schooling.ends-too-early", AtFirst().End(Day.PlusDays(-1), Office));

    [Fact]
    public void A_pupil_is_not_rebuilt_at_two_schools()
        => Assert.Throws<ArgumentException>(() => new Schooling(default, [new Placement(First, Day, null, Office), new Placement(Second, Day.PlusDays(1), null, Office)]));

    private static Schooling AtFirst() => new Schooling(default, []).Begin(First, Day, Office).Value;

    private static Schooling Left() => AtFirst().End(Day.PlusDays(10), Office).Value;

    private static void AssertRefused(string code, Outcome<Schooling> outcome) => Assert.Equal([code], outcome.Refusals.Select(refusal => refusal.Code));
}
