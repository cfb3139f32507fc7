namespace AV1Relay.Domain.Evaluation;

/// <summary>What the robot and the steps came to, by period, measure, school and category. Attendance is not in it, and not beside it.</summary>
public sealed class EngagementFigures
{
    private readonly Dictionary<(EvaluationPeriod Period, EngagementMeasure Measure), FigureTable> _tables;

    private EngagementFigures(IReadOnlyList<EvaluationPeriod> periods, Dictionary<(EvaluationPeriod, EngagementMeasure), FigureTable> tables) =>
        (Periods, _tables) = (periods, tables);

    public IReadOnlyList<EvaluationPeriod> Periods { get; }

    /// <exception cref="KeyNotFoundException">Not one of <see cref="Periods"/>.</exception>
    public FigureTable this[EvaluationPeriod period, EngagementMeasure measure] => _tables[(period, measure)];

    /// <summary>Reads the facts once, one at a time; those outside all periods count nowhere.</summary>
    /// <exception cref="ArgumentException">Periods overlap.</exception>
    public static EngagementFigures Of(IEnumerable<EngagementFact> facts, IReadOnlyList<EvaluationPeriod> periods, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        EvaluationPeriod.ThrowIfOverlapping(periods);
        var tallies = periods.SelectMany(_ => Enum.GetValues<EngagementMeasure>(), (period, measure) => (period, measure)).ToDictionary(key => key, _ => new Tally());
        foreach (var fact in facts)
        {
            if (periods.FirstOrDefault(period => period.Dates.Contains(fact.Date)) is { } period)
                tallies[(period, fact.Measure)].Add(fact.School, fact.Category, fact.Pupil, fact.Amount);
        }

        return new([.. periods], tallies.ToDictionary(entry => entry.Key, entry => entry.Value.Publish(settings)));
    }
}
