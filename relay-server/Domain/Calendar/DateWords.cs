using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Domain.Calendar;

/// <summary>Dates and times as people read them in a reason: <c>Friday 29 May 2026</c>, <c>10:05</c>.</summary>
internal static class DateWords
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("dddd d MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static string InWords(this LocalDate date) => Day.Format(date);

    public static string InWords(this LocalTime time) => Clock.Format(time);

    public static string InWords(this DateInterval dates) =>
        dates.Length == 1 ? dates.Start.InWords() : $"{dates.Start.InWords()} to {dates.End.InWords()}";
}
