using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Calendar.Imports;
using AV1Relay.Domain.Refusals;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>Reads an iCalendar file (RFC 5545) into plain events of one school year.</summary>
/// <remarks>
/// The file comes from outside and may say anything: its size, its events, what its repeats come to and how far they are followed are bounded, and
/// repeats are only followed where they are by day or week and began not long before the year. What is beyond that is told to whoever sent it.
/// </remarks>
internal static class CalendarFile
{
    /// <summary>1 MiB: a timetable of 2,000 lessons with all their text.</summary>
    public const int MostBytes = 1 << 20;

    private const int MostEvents = 5_000;
    private const int MostOccurrences = 100_000; // 5,000 events a week are 195,000 a year; no school has as many
    private const int MostFollowed = 500_000; // repeats of the whole file, those outside the year too: 2,000 lessons a week for four years are 416,000
    private const int MostParts = 3 * MostEvents; // events, with alarms and time zones
    private const int LongestLine = 20_000;
    private const int YearsBefore = 3;

    /// <summary>Days or weeks in a row without a match, after which a rule is given up: one by weekday matches within seven.</summary>
    private static readonly EvaluationOptions Following = new() { MaxUnmatchedIncrementsLimit = 20 };

    private const int LongestText = 200;

    private static readonly Refusal TooBig = new(
        "import.too-big", "The file is larger than a school's calendar.", "Choose a file of 1 MB or less, with one school year and no more than 5,000 events.");

    private static readonly Refusal NoCalendar = new(
        "import.no-calendar", "This is not a calendar file that can be read.", "Export it again as iCalendar, with a name that ends in .ics.");

    /// <param name="year">What lies outside it is left out.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static Outcome<ImportedFile> Read(byte[] bytes, DateTimeZone zone, DateInterval year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MostBytes) return TooBig;
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\ufeff');
        if (!text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) return NoCalendar;
        var lines = text.Split('\n');
        if (lines.Count(line => line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) > MostParts || lines.Any(line => line.Length > LongestLine)) return TooBig;

        List<CalendarEvent> events;
        try
        {
            events = [.. Ical.Net.Calendar.Load<Ical.Net.Calendar>(text).SelectMany(calendar => calendar.Events)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return NoCalendar; // whatever the reader stumbles on, it is about the file
        }

        if (events.Count > MostEvents) return TooBig;
        return new Reading(zone, year, cancellationToken).Read(events) is { } file ? file : TooBig;
    }

    private sealed class Reading(DateTimeZone zone, DateInterval year, CancellationToken cancellationToken)
    {
        private readonly ImmutableArray<TimedEvent>.Builder _timed = ImmutableArray.CreateBuilder<TimedEvent>();
        private readonly ImmutableArray<WholeDays>.Builder _days = ImmutableArray.CreateBuilder<WholeDays>();
        private readonly ImmutableArray<NotUnderstood>.Builder _not = ImmutableArray.CreateBuilder<NotUnderstood>();
        private int _followed;

        /// <returns>Null: its repeats come to more than is read.</returns>
        public ImportedFile? Read(List<CalendarEvent> events)
        {
            var cancelled = events.Where(one => IsCancelled(one) && one.RecurrenceIdentifier is not null)
                .GroupBy(one => one.Uid ?? "").ToDictionary(same => same.Key, same => same.Select(one => WallTime(one.RecurrenceIdentifier!.StartTime)).ToHashSet());
            foreach (var one in events.Where(one => !IsCancelled(one)))
            {
                try
                {
                    Read(one, cancelled.GetValueOrDefault(one.Uid ?? "") ?? []);
                }
                catch (EvaluationLimitExceededException)
                {
                    Not(one, "Its repeats can't be followed.");
                }
                catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
                {
                    Not(one, "Its times can't be read."); // as for the file as a whole
                }

                if (_timed.Count + _days.Count > MostOccurrences || _followed > MostFollowed) return null;
            }

            return new ImportedFile(_timed.ToImmutable(), _days.ToImmutable(), _not.ToImmutable());
        }

        private void Read(CalendarEvent one, HashSet<LocalDateTime> cancelled)
        {
            if (one.DtStart is not { } start) Not(one, "It has no start.");
            else if (one.Properties.AllOf("RRULE").Skip(1).Any() || one.Properties.AllOf("EXRULE").Any()) Not(one, "It repeats by more than one rule.");
            else if (one.RecurrenceRule is { } rule && WhyNot(rule, start) is { } why) Not(one, why);
            else if (!start.HasTime) AddDays(one, start);
            else if (one.RecurrenceIdentifier is { StartTime: var instead }) AddMoved(one, start, instead);
            else AddTimed(one, start, cancelled);
        }

        private string? WhyNot(RecurrenceRule rule, CalDateTime start)
        {
            var byMoreThanWeekday = rule.BySecond.Count + rule.ByMinute.Count + rule.ByHour.Count + rule.BySetPosition.Count
                + rule.ByMonthDay.Count + rule.ByMonth.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count > 0 || rule.ByDay.Any(day => day.Offset is not null);
            if (rule.Frequency is not (FrequencyType.Daily or FrequencyType.Weekly) || rule.Interval is < 1 or > 8 || byMoreThanWeekday)
                return "It repeats in a way that a timetable doesn't: only each day, each week or each few weeks is read, on the same days of the week.";
            return start.Year < year.Start.Year - YearsBefore ? "It began too many years ago." : null;
        }

        private void AddDays(CalendarEvent one, CalDateTime start)
        {
            var length = one.DtEnd is { } end ? Math.Max(1, end.Date.DayNumber - start.Date.DayNumber) : 1;
            if (length > 366)
            {
                Not(one, "It lasts more than a year.");
                return;
            }

            foreach (var first in Starts(one).Select(each => LocalDate.FromDateOnly(each.Date)).TakeWhile(day => day <= year.End))
            {
                if (year.Contains(first)) _days.Add(new WholeDays(NameOf(one), new DateInterval(first, first.PlusDays(length - 1))));
            }
        }

        private void AddMoved(CalendarEvent one, CalDateTime start, CalDateTime instead)
        {
            if (SlotOf(one, start) is { } slot && year.Contains(slot.Date)) _timed.Add(Event(one, slot) with { MovedFrom = WallTime(instead).Date });
        }

        private void AddTimed(CalendarEvent one, CalDateTime start, HashSet<LocalDateTime> cancelled)
        {
            if (SlotOf(one, start) is not { } first)
            {
                Not(one, "It lasts no time, or more than a day.");
                return;
            }

            foreach (var wall in Starts(one).Select(WallTime).TakeWhile(wall => wall.Date <= year.End))
            {
                if (!year.Contains(wall.Date) || cancelled.Contains(wall)) continue;
                // On the day from which it is moved it stands in the timetable all the same; what it really is, the move says.
                _timed.Add(Event(one, new LocalSlot(wall.Date, wall.TimeOfDay, first.Duration)));
                if (_timed.Count > MostOccurrences) return;
            }
        }

        private static bool IsCancelled(CalendarEvent one) => string.Equals(one.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase);

        private IEnumerable<CalDateTime> Starts(CalendarEvent one)
        {
            var starts = one.RecurrenceRule is null && !one.RecurrenceDates.GetAllDates().Any()
                ? [one.DtStart!] // asked for before
                : one.GetOccurrences(options: Following).Select(occurrence => occurrence.Period.StartTime);
            foreach (var start in starts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (++_followed > MostFollowed) yield break;
                yield return start;
            }
        }

        private LocalSlot? SlotOf(CalendarEvent one, CalDateTime start)
        {
            var wall = WallTime(start);
            var lasts = one.DtEnd is { } end ? InstantOf(end) - InstantOf(start)
                : one.Duration is { } said ? Duration.FromTimeSpan(said.ToTimeSpanUnspecified())
                : Duration.Zero;
            return lasts > Duration.Zero && lasts <= Duration.FromDays(1) ? new LocalSlot(wall.Date, wall.TimeOfDay, lasts) : null;
        }

        /// <summary>By the school's clocks.</summary>
        private LocalDateTime WallTime(CalDateTime time) =>
            time.IsFloating || !time.HasTime ? LocalDateTime.FromDateTime(time.Value) : InstantOf(time).InZone(zone).LocalDateTime;

        private Instant InstantOf(CalDateTime time) => ZoneOf(time.TzId).AtLeniently(LocalDateTime.FromDateTime(time.Value)).ToInstant();

        /// <summary>A zone that nobody knows is taken for the school's: exports name their own in many ways.</summary>
        private DateTimeZone ZoneOf(string? id)
        {
            if (id is null) return zone;
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } known) return known;
            return TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(id, out var tz) ? DateTimeZoneProviders.Tzdb[tz] : zone;
        }

        private static TimedEvent Event(CalendarEvent one, LocalSlot slot) =>
            new(one.Uid ?? "", NameOf(one), Cut(one.Location), Cut(one.Organizer?.CommonName), slot);

        private void Not(CalendarEvent one, string why)
        {
            var day = one.DtStart is { } start ? string.Create(CultureInfo.InvariantCulture, $", {start.Date:d MMMM yyyy}") : "";
            _not.Add(new NotUnderstood(NameOf(one) + day, why));
        }

        private static string NameOf(CalendarEvent one) => Cut(one.Summary) is { Length: > 0 } name ? name : "An event without a name";

        private static string Cut(string? text)
        {
            var clean = string.Join(' ', (text ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
            return clean.Length <= LongestText ? clean : clean[..LongestText];
        }
    }
}
