using AV1Relay.Domain.Calendar;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>A morning or afternoon that the pupil missed, as the school's register says.</summary>
/// <param name="ForHealthReason">As the school has entered it; nothing here guesses a reason.</param>
public readonly record struct MissedSession(RegistrationSession Session, bool ForHealthReason);

/// <summary>How much school a pupil has missed in one academic year for a health reason. A count, and nothing more.</summary>
/// <param name="Cumulative">Half days within the year.</param>
/// <param name="LongestRun">Half days one after another, of which at least one is in the year: a run may begin before a holiday.</param>
public sealed record MissedDays(AcademicYear Year, int Cumulative, int LongestRun)
{
    public decimal CumulativeDays => Cumulative / 2m;

    public decimal LongestRunDays => LongestRun / 2m;

    /// <param name="schoolDays">
    /// Days on which the school was open to this pupil. Others are not missed, and do not break a run: a Friday and the Monday after it are consecutive.
    /// </param>
    public static MissedDays Count(IEnumerable<MissedSession> missed, IEnumerable<LocalDate> schoolDays, AcademicYear year) =>
        DayByDay(missed, schoolDays, year).Select(day => day.SoFar).LastOrDefault() ?? new MissedDays(year, 0, 0);

    /// <summary>The count at the end of each of the year's days, in order.</summary>
    /// <param name="schoolDays">As for <see cref="Count"/>.</param>
    public static IEnumerable<(LocalDate Date, MissedDays SoFar)> DayByDay(
        IEnumerable<MissedSession> missed, IEnumerable<LocalDate> schoolDays, AcademicYear year)
    {
        ArgumentNullException.ThrowIfNull(missed);
        ArgumentNullException.ThrowIfNull(schoolDays);
        ArgumentNullException.ThrowIfNull(year);
        var forHealth = missed.Where(half => half.ForHealthReason).Select(half => half.Session).ToHashSet();
        return Walk(forHealth, schoolDays.Distinct().Order(), year);
    }

    private static IEnumerable<(LocalDate Date, MissedDays SoFar)> Walk(
        HashSet<RegistrationSession> forHealth, IEnumerable<LocalDate> schoolDays, AcademicYear year)
    {
        int cumulative = 0, longest = 0, run = 0;
        foreach (var date in schoolDays)
        {
            foreach (var half in (RegistrationHalf[])[RegistrationHalf.Morning, RegistrationHalf.Afternoon])
            {
                run = forHealth.Contains(new(date, half)) ? run + 1 : 0;
                if (run == 0 || !year.Dates.Contains(date)) continue;
                cumulative++;
                longest = Math.Max(longest, run);
            }

            if (year.Dates.Contains(date)) yield return (date, new MissedDays(year, cumulative, longest));
        }
    }
}
