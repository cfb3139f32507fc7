using AV1Relay.Domain.Calendar;
using NodaTime;
using NodaTime.TimeZones;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

/// <summary>Every clock change of 2024–2034 in the north, in the west and in the south (half an hour only, at Lord Howe).</summary>
public class ClockChangeTests
{
    public static TheoryData<string> Zones => ["Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void There_are_two_changes_a_year_to_be_tried(string zone) => Assert.Equal(22, ChangesIn(zone).Count);

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_slot_starts_at_its_wall_time_or_where_that_is_skipped_as_much_later(string zone) => Assert.All(SlotsAroundChanges(zone), around =>
    {
        var (slot, change) = around;
        var wall = slot.Date + slot.Start;
        var skipped = change.Zone.MapLocal(wall).Count == 0;
        var started = slot.ToInterval(change.Zone).Start.InZone(change.Zone).LocalDateTime;

        Assert.Equal(skipped ? wall + Period.FromTicks(change.Forward.BclCompatibleTicks) : wall, started);
    });

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_slot_lasts_its_duration_in_time_that_passes(string zone) => Assert.All(
        SlotsAroundChanges(zone), around => Assert.Equal(around.Slot.Duration, around.Slot.ToInterval(around.Change.Zone).Duration));

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_wall_time_that_comes_twice_means_the_first(string zone) => Assert.All(SlotsAroundChanges(zone), around =>
    {
        var mapping = around.Change.Zone.MapLocal(around.Slot.Date + around.Slot.Start);
        if (mapping.Count == 2) Assert.Equal(mapping.First().ToInstant(), around.Slot.ToInterval(around.Change.Zone).Start);
    });

    [Theory]
    [MemberData(nameof(Zones))]
    public void Some_of_the_slots_that_are_tried_are_skipped_and_some_come_twice(string zone) => Assert.Equal(
        [0, 1, 2], SlotsAroundChanges(zone).Select(around => around.Change.Zone.MapLocal(around.Slot.Date + around.Slot.Start).Count).Distinct().Order());

    [Theory]
    [MemberData(nameof(Zones))]
    public void Two_slots_overlap_just_when_they_share_a_quarter_of_an_hour(string zone)
    {
        foreach (var slots in SlotsAroundChanges(zone).GroupBy(around => around.Change).Select(group => group.Select(around => around.Slot).ToList()))
        {
            var zoneOf = DateTimeZoneProviders.Tzdb[zone];
            var quarters = slots.ConvertAll(slot => QuartersOf(slot.ToInterval(zoneOf)));
            for (var one = 0; one < slots.Count; one++)
            {
                for (var other = 0; other < slots.Count; other++)
                    Assert.Equal(quarters[one].Overlaps(quarters[other]), slots[one].Overlaps(slots[other], zoneOf));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Lessons_that_follow_each_other_on_the_wall_never_overlap_when_the_clock_goes_back(string zone)
    {
        var changes = ChangesIn(zone).Where(change => change.Forward < Duration.Zero);

        Assert.All(changes, change =>
        {
            var lessons = Enumerable.Range(0, 24).Select(hour => new LocalSlot(change.Wall.Date, new LocalTime(hour, 0), Duration.FromHours(1))).ToList();
            Assert.All(lessons.Zip(lessons.Skip(1)), pair => Assert.False(pair.First.Overlaps(pair.Second, change.Zone)));
        });
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_weekly_lesson_stays_at_five_past_ten_through_ten_years_of_changes(string zone) => Assert.All(ChangesIn(zone), change =>
    {
        var first = change.Wall.Date.PlusDays(-10);
        var calendar = new SchoolCalendar(
            change.Zone, new AcademicYearStarts(new AnnualDate(first.Month, first.Day)), SchoolCalendar.MondayToFriday,
            [new("Term", new DateInterval(first, first.PlusDays(30)))], [], []);
        var repeat = WeeklyRepeat.Create(
            first, SchoolCalendar.MondayToFriday, new LocalTime(10, 5), Duration.FromMinutes(50), new RepeatEnd.Until(first.PlusDays(20))).Value;

        var starts = repeat.SlotsIn(calendar, WeekCycle.None).Slots.Select(slot => slot.ToInterval(change.Zone).Start.InZone(change.Zone)).ToList();

        Assert.Equal(15, starts.Count);
        Assert.Equal(2, starts.Select(start => start.Offset).Distinct().Count());
        Assert.All(starts, start => Assert.Equal(new LocalTime(10, 5), start.TimeOfDay));
    });

    /// <summary>Each quarter of an hour from three hours before to three hours after the change, three durations each.</summary>
    private static List<(LocalSlot Slot, ClockChange Change)> SlotsAroundChanges(string zone) =>
    [
        .. from change in ChangesIn(zone)
           from quarter in Enumerable.Range(-12, 25)
           from minutes in (int[])[15, 60, 150]
           let start = change.Wall.PlusMinutes(15 * quarter)
           select (new LocalSlot(start.Date, start.TimeOfDay, Duration.FromMinutes(minutes)), change),
    ];

    private static List<ClockChange> ChangesIn(string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var intervals = zone.GetZoneIntervals(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2034, 12, 31, 0, 0)).ToList();
        return [.. intervals.Zip(intervals.Skip(1)).Select(pair => new ClockChange(zone, pair.First, pair.Second))];
    }

    private static HashSet<long> QuartersOf(Interval interval) =>
    [
        .. Enumerable.Range(0, (int)(interval.Duration.TotalMinutes / 15)).Select(quarter => interval.Start.ToUnixTimeSeconds() + 900 * quarter),
    ];

    private sealed record ClockChange(DateTimeZone Zone, ZoneInterval Before, ZoneInterval After)
    {
        /// <summary>What the clocks show at the moment in which they change.</summary>
        public LocalDateTime Wall => Before.IsoLocalEnd;

        /// <summary>Negative when they go back.</summary>
        public Duration Forward => Duration.FromTicks((After.WallOffset - Before.WallOffset).Ticks);
    }
}
