using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>Decides what is deleted when its time is over. Pure: the job that deletes asks it about each record.</summary>
public static class Retention
{
    public static RetentionVerdict Due(RecordFacts record, RetentionSettings settings, IReadOnlyCollection<LegalHold> holds, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(holds);
        var rule = settings.RuleFor(record.Class);
        var dueOn = DueOn(record, rule, settings.AcademicYearEnds);
        return dueOn is null || today < dueOn
            ? new RetentionVerdict(RetentionDecision.Keep, rule, dueOn, null)
            : HoldOn(record, holds) is { } hold
                ? new RetentionVerdict(RetentionDecision.Held, rule, dueOn, hold)
                : new RetentionVerdict(RetentionDecision.Delete, rule, dueOn, null);
    }

    /// <summary>
    /// Whatever was recorded after this day, or is about somebody born after it, is not due: for looking among many records before
    /// <see cref="Due"/> is asked about each.
    /// </summary>
    public static LocalDate LastThatMayBeDue(RetentionRule rule, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return (today - rule.KeptFor).PlusDays(LongestShift);
    }

    // 31 January and a month is 28 February, and a month before that is the 28th: months differ by so many days.
    private const int LongestShift = 4;

    internal static LegalHold? HoldOn(RecordFacts record, IEnumerable<LegalHold> holds) => holds.FirstOrDefault(hold => hold.Covers(record));

    /// <summary>Null when it can't be told: then nothing is deleted on a guess.</summary>
    private static LocalDate? DueOn(RecordFacts record, RetentionRule rule, AnnualDate academicYearEnds) => rule.Start switch
    {
        RetentionStart.Birth => record.PupilBornOn?.Plus(rule.KeptFor),
        // Whole years are counted from the last day, which itself still belongs to the year.
        RetentionStart.EndOfAcademicYear => EndOfYear(record.RecordedOn, academicYearEnds) + rule.KeptFor + Period.FromDays(1),
        _ => record.RecordedOn + rule.KeptFor,
    };

    private static LocalDate EndOfYear(LocalDate date, AnnualDate ends)
        => date <= ends.InYear(date.Year) ? ends.InYear(date.Year) : ends.InYear(date.Year + 1);
}

public enum RetentionDecision
{
    Keep,
    Delete,

    /// <summary>Its time is over, but a legal hold keeps it.</summary>
    Held,
}

/// <param name="DueOn">From this day on it is due; null when that can't be told, for want of a date of birth.</param>
/// <param name="Hold">What keeps it; null unless it is held.</param>
public sealed record RetentionVerdict(RetentionDecision Decision, RetentionRule Rule, LocalDate? DueOn, LegalHold? Hold);
