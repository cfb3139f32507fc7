using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Half school days out of a school's own register, as the school gave them. Taking part through the robot never adds to it.</summary>
/// <remarks>Always true: attended lies between 0 and possible, and something was possible.</remarks>
public sealed record AttendanceFact
{
    /// <exception cref="ArgumentOutOfRangeException">More attended than was possible, or less than nothing.</exception>
    public AttendanceFact(SchoolId school, LocalDate date, Pseudonym pupil, int possible, int attended)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(possible, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(attended);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attended, possible);
        (School, Date, Pupil, Possible, Attended) = (school, date, pupil, possible, attended);
    }

    public SchoolId School { get; }

    /// <summary>The day, or the first of the days, that it speaks of.</summary>
    public LocalDate Date { get; }

    public Pseudonym Pupil { get; }

    public int Possible { get; }

    public int Attended { get; }

    public override string ToString() => nameof(AttendanceFact);
}

/// <summary>Attendance by period and school, apart from <see cref="EngagementFigures"/>: no type holds both.</summary>
public sealed class AttendanceFigures
{
    public const string Attended = "attended";
    public const string NotAttended = "not attended";

    private readonly Dictionary<EvaluationPeriod, FigureTable> _tables;

    private AttendanceFigures(IReadOnlyList<EvaluationPeriod> periods, Dictionary<EvaluationPeriod, FigureTable> tables) =>
        (Periods, _tables) = (periods, tables);

    public IReadOnlyList<EvaluationPeriod> Periods { get; }

    /// <summary>In half days.</summary>
    /// <exception cref="KeyNotFoundException">Not one of <see cref="Periods"/>.</exception>
    public FigureTable this[EvaluationPeriod period] => _tables[period];

    /// <summary>Reads the facts once, one at a time; those outside all periods count nowhere.</summary>
    /// <exception cref="ArgumentException">Periods overlap.</exception>
    public static AttendanceFigures Of(IEnumerable<AttendanceFact> facts, IReadOnlyList<EvaluationPeriod> periods, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        EvaluationPeriod.ThrowIfOverlapping(periods);
        var tallies = periods.ToDictionary(period => period, _ => new Tally(settings));
        foreach (var fact in facts)
        {
            if (periods.FirstOrDefault(period => period.Dates.Contains(fact.Date)) is not { } period) continue;
            if (fact.Attended > 0) tallies[period].Add(fact.School, Attended, fact.Pupil, fact.Attended);
            if (fact.Attended < fact.Possible) tallies[period].Add(fact.School, NotAttended, fact.Pupil, fact.Possible - fact.Attended);
        }

        return new([.. periods], tallies.ToDictionary(entry => entry.Key, entry => entry.Value.Publish()));
    }
}
