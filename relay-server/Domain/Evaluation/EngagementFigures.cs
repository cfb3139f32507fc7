namespace AV1Relay.Domain.Evaluation;

/// <summary>What the robot and the steps came to, by period, measure, school and category. Attendance is not in it, and not beside it.</summary>
public sealed class EngagementFigures
{
    private readonly Dictionary<(EvaluationPeriod Period, EngagementMeasure Measure), FigureTable> _tables;

    internal EngagementFigures(IReadOnlyList<EvaluationPeriod> periods, Dictionary<(EvaluationPeriod, EngagementMeasure), FigureTable> tables) =>
        (Periods, _tables) = (periods, tables);

    public IReadOnlyList<EvaluationPeriod> Periods { get; }

    /// <exception cref="KeyNotFoundException">Not one of <see cref="Periods"/>.</exception>
    public FigureTable this[EvaluationPeriod period, EngagementMeasure measure] => _tables[(period, measure)];

    /// <summary>Reads the facts once, one at a time; those outside the year's months count nowhere.</summary>
    /// <exception cref="ArgumentException">No month of the year is over.</exception>
    public static EngagementFigures Of(IEnumerable<EngagementFact> facts, EvaluationYear year, EvaluationSplit split, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var gathering = new EngagementGathering(year, settings);
        foreach (var fact in facts) gathering.Add(fact);
        return gathering.Publish(split);
    }
}
