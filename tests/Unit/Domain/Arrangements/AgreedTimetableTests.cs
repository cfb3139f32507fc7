using AV1Relay.Domain.Arrangements;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

public sealed class AgreedTimetableTests
{
    private static readonly AgreedTime Monday = new(IsoDayOfWeek.Monday, new(9, 0), new(10, 0));

    [Fact]
    public void Times_grow_from_a_date_on()
    {
        var longer = new AgreedTime(IsoDayOfWeek.Monday, new(9, 0), new(12, 0));
        var timetable = new AgreedTimetable([new AgreedWeek(new(2026, 1, 19), [longer]), new AgreedWeek(new(2026, 1, 12), [Monday])]);

        Assert.Equal(
            [Duration.FromHours(1), Duration.FromHours(3)],
            new[] { timetable.SlotsOn(new(2026, 1, 12))[0].Duration, timetable.SlotsOn(new(2026, 1, 19))[0].Duration });
    }

    [Fact]
    public void Before_its_first_week_it_says_nothing() => Assert.Empty(new AgreedTimetable([new AgreedWeek(new(2026, 1, 12), [Monday])]).SlotsOn(new(2026, 1, 5)));

    [Fact]
    public void No_time_at_all_is_not_a_reduced_timetable() => Assert.Throws<ArgumentException>(() => new AgreedWeek(new(2026, 1, 12), []));

    [Fact]
    public void Times_do_not_overlap()
        => Assert.Throws<ArgumentException>(() => new AgreedWeek(new(2026, 1, 12), [Monday, new AgreedTime(IsoDayOfWeek.Monday, new(9, 30), new(11, 0))]));
}
