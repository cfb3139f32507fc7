using System.Globalization;
using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>Kinds of data that are kept for different times.</summary>
public enum RetentionClass
{
    /// <summary>Figures of links and robots; says nothing about a person.</summary>
    Telemetry,

    /// <summary>What happened in one session: joins, pauses, ratings, receipts.</summary>
    SessionDetail,

    /// <summary>Plans, reviews, arrangements, contacts, referrals.</summary>
    PlanRecord,

    /// <summary>Records like those of attendance, the engagement ledger among them.</summary>
    AttendanceLike,

    /// <summary>That a concern was raised and handed over (<see cref="Safeguarding.ConcernRaised"/>); what it is about lies in the school's own system.</summary>
    ConcernRaised,

    /// <summary>Who adults are and how they are reached, and their roles, once nothing is left that these are needed for.</summary>
    Adult,
}

/// <summary>What a time of keeping is counted from.</summary>
public enum RetentionStart
{
    Recorded,

    /// <summary>The last day of the academic year in which it was recorded.</summary>
    EndOfAcademicYear,

    /// <summary>The pupil's birth. Where that is not known, nothing is due.</summary>
    Birth,
}

/// <summary>How long one class is kept.</summary>
/// <remarks>Always true: the period is made of days, weeks, months and years, is not negative, and is longer than nothing unless counted from the end of an academic year.</remarks>
public sealed record RetentionRule
{
    /// <param name="source">Where the period comes from, for people to look up.</param>
    /// <param name="outlastsErasure">Whether the school must keep it this long even when erasure is asked for: the school's decision, with its source.</param>
    /// <exception cref="ArgumentException">A period that is not one of dates.</exception>
    public RetentionRule(RetentionClass @class, RetentionStart start, Period keptFor, string source, bool outlastsErasure = false)
    {
        ArgumentNullException.ThrowIfNull(keptFor);
        var some = Origin + Dates(keptFor) > Origin;
        if (keptFor.HasTimeComponent || keptFor.Years < 0 || keptFor.Months < 0 || keptFor.Weeks < 0 || keptFor.Days < 0
            || (!some && start != RetentionStart.EndOfAcademicYear))
            throw new ArgumentException("A time of keeping is a number of days, weeks, months or years.", nameof(keptFor));
        (Class, Start, KeptFor, Source, OutlastsErasure) = (@class, start, keptFor, source, outlastsErasure);
    }

    private static readonly LocalDate Origin = new(2000, 1, 1);

    public RetentionClass Class { get; }

    public RetentionStart Start { get; }

    public Period KeptFor { get; }

    public string Source { get; }

    public bool OutlastsErasure { get; }

    /// <summary>How long, as people read it: <c>31 years from the pupil's birth</c>.</summary>
    public string InWords => $"{WordsOf(KeptFor)} from {WordsOf(Start)}{(OutlastsErasure ? ", also when erasure is asked for" : "")}";

    public static string WordsOf(RetentionStart start) => start switch
    {
        RetentionStart.Recorded => "the day it was recorded",
        RetentionStart.EndOfAcademicYear => "the end of its school year",
        _ => "the pupil's birth",
    };

    /// <summary>The rule in words and where it comes from, as evidence and the audit keep it beside its class.</summary>
    public override string ToString() => $"{InWords} ({Source})";

    private static string WordsOf(Period period)
    {
        List<string> parts = [];
        foreach (var (number, unit) in new[] { (period.Years, "year"), (period.Months, "month"), (period.Weeks, "week"), (period.Days, "day") })
        {
            if (number != 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}"));
        }

        return parts.Count == 0 ? "No time" : string.Join(' ', parts);
    }

    private static Period Dates(Period period) => new PeriodBuilder { Years = period.Years, Months = period.Months, Weeks = period.Weeks, Days = period.Days }.Build();
}
