using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>Weeks as schools count them: Monday to Sunday.</summary>
public static class Weeks
{
    /// <summary>The first day of the week in which a date lies.</summary>
    public static LocalDate MondayOf(LocalDate date) => date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
}
