using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Domain.Calendar;

/// <summary>Dates as people read them in a reason: <c>Friday 29 May 2026</c>.</summary>
internal static class DateWords
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("dddd d MMMM uuuu", CultureInfo.InvariantCulture);

    public static string InWords(this LocalDate date) => Day.Format(date);

    public static string InWords(this DateInterval dates) =>
        dates.Length == 1 ? dates.Start.InWords() : $"{dates.Start.InWords()} to {dates.End.InWords()}";
}
