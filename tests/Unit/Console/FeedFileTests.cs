using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Calendars;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>A person's sessions as a calendar programme gets them (RFC 5545).</summary>
public class FeedFileTests
{
    private static readonly PupilNames Known = new(new Dictionary<PupilId, PersonalText> { [Pupil] = new("Ada") }.ToFrozenDictionary());

    [Fact]
    public void A_session_has_its_time_by_the_schools_clocks_robot_and_room_and_nobodys_name()
    {
        var text = Write(Of(Booked()));

        Assert.Contains("DTSTART;TZID=Europe/London:20261109T100500\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTEND;TZID=Europe/London:20261109T103500\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"UID:{Id(1)}@av1relay\r\n", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Robot session\\, robot-a\r\n", text, StringComparison.Ordinal);
        Assert.Contains("LOCATION:8B\r\n", text, StringComparison.Ordinal);
        Assert.Contains("STATUS:TENTATIVE\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_zone_is_told_with_both_of_its_times()
    {
        var text = Write(Of(Booked()));

        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:DAYLIGHT", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_and_after_the_clock_change_it_is_the_same_wall_time()
    {
        var (summer, winter) = (Of(Booked(Use() with { Slot = Slot(10, 5, 30, new LocalDate(2026, 10, 19)) })), Of(Booked(Use() with { Slot = Slot(10, 5, 30, new LocalDate(2026, 11, 2)) }, 2)));

        var text = Write(summer, winter);

        Assert.Contains("DTSTART;TZID=Europe/London:20261019T100500\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Europe/London:20261102T100500\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_there_where_the_school_wants_them() =>
        Assert.Contains("SUMMARY:Robot session\\, robot-a\\, Ada\r\n", Write(Of(Booked(), withName: true)), StringComparison.Ordinal);

    [Fact]
    public void What_is_called_off_says_so_under_the_same_uid_and_a_higher_sequence()
    {
        var text = Write(Of(Booked().Cancel(By(At(9, 0))).Value, version: 3));

        Assert.Contains("STATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:2\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"UID:{Id(1)}@av1relay\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_folded_at_75_octets_and_end_as_the_standard_says()
    {
        var text = Write(Of(Booked(), room: new string('x', 300)));

        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal(text.Count(character => character == '\n'), text.Count(character => character == '\r'));
    }

    [Fact]
    public void The_same_sessions_are_the_same_text() => Assert.Equal(Write(Of(Booked())), Write(Of(Booked())));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var file = CalendarFile.Read(
            System.Text.Encoding.UTF8.GetBytes(Write(Of(Booked()))), London, new DateInterval(new LocalDate(2026, 9, 1), new LocalDate(2027, 8, 31)), CancellationToken.None).Value;

        Assert.Equal(Slot(10, 5), Assert.Single(file.Timed).Slot);
    }

    private static OwnSession Of(ScheduledSession session, long version = 1, string room = "8B", bool withName = false) => new(session, version, At(8, 0), room, withName);

    private static string Write(params ImmutableArray<OwnSession> sessions) => FeedFile.Write(new OwnSessions(sessions), Known);
}
