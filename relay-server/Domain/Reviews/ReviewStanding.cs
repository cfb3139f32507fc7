using NodaTime;

namespace AV1Relay.Domain.Reviews;

/// <summary>How a plan's next review stands today, in growing urgency.</summary>
public enum ReviewStanding
{
    /// <summary>Not yet, or the plan is not active.</summary>
    NotDue,
    Due,
    OverdueForKeyAdult,

    /// <summary>Shown to the lead too.</summary>
    OverdueForLead,

    /// <summary>No new robot sessions are booked until it is held. Those that are booked stay.</summary>
    LongOverdue,
}

/// <summary>When a review counts as due and overdue; set by the authority.</summary>
/// <remarks>Always true: nothing is negative, reviews are at most a positive number of weeks apart, and the lead is told before, or when, bookings stop.</remarks>
public sealed record ReviewSettings
{
    /// <param name="dueDaysBefore">It is due from so many days before its date.</param>
    /// <param name="leadAfterDays">The lead is told when it is overdue by more than so many days; the key adult from the first.</param>
    /// <param name="longOverdueAfterDays">Bookings stop when it is overdue by more than so many days.</param>
    /// <param name="longestGapWeeks">A next review lies at most so many weeks ahead; one or more.</param>
    /// <exception cref="ArgumentException">Negative days, no weeks between two reviews, or bookings that stop before the lead is told.</exception>
    public ReviewSettings(int dueDaysBefore, int leadAfterDays, int longOverdueAfterDays, int longestGapWeeks)
    {
        if (dueDaysBefore < 0) throw new ArgumentException("Days are not negative.", nameof(dueDaysBefore));
        if (leadAfterDays < 0) throw new ArgumentException("Days are not negative.", nameof(leadAfterDays));
        if (longOverdueAfterDays < leadAfterDays) throw new ArgumentException("The lead is told before bookings stop.", nameof(longOverdueAfterDays));
        if (longestGapWeeks < 1) throw new ArgumentException("There is some time between two reviews.", nameof(longestGapWeeks));
        (DueDaysBefore, LeadAfterDays, LongOverdueAfterDays, LongestGapWeeks) = (dueDaysBefore, leadAfterDays, longOverdueAfterDays, longestGapWeeks);
    }

    public int DueDaysBefore { get; }

    public int LeadAfterDays { get; }

    public int LongOverdueAfterDays { get; }

    public int LongestGapWeeks { get; }

    internal LocalDate LatestAfter(LocalDate date) => date.PlusWeeks(LongestGapWeeks);

    internal LocalDate LongOverdueFrom(LocalDate reviewOn) => reviewOn.PlusDays(LongOverdueAfterDays + 1);

    internal ReviewStanding StandingOf(LocalDate reviewOn, LocalDate today)
    {
        var daysOver = Period.DaysBetween(reviewOn, today);
        if (today >= LongOverdueFrom(reviewOn)) return ReviewStanding.LongOverdue;
        if (daysOver > LeadAfterDays) return ReviewStanding.OverdueForLead;
        if (daysOver > 0) return ReviewStanding.OverdueForKeyAdult;
        return daysOver >= -DueDaysBefore ? ReviewStanding.Due : ReviewStanding.NotDue;
    }
}
