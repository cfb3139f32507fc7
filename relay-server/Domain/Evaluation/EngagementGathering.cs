namespace AV1Relay.Domain.Evaluation;

/// <summary>Facts on their way to figures, one at a time: it keeps sums, and grows with schools and periods, never with facts or pupils.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class EngagementGathering
{
    private readonly IReadOnlyList<EvaluationPeriod> _periods;
    private readonly Dictionary<(EvaluationPeriod Period, EngagementMeasure Measure), Tally> _tallies;

    /// <exception cref="ArgumentException">Periods overlap.</exception>
    public EngagementGathering(IReadOnlyList<EvaluationPeriod> periods, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        EvaluationPeriod.ThrowIfOverlapping(periods);
        _periods = [.. periods];
        _tallies = periods.SelectMany(_ => Enum.GetValues<EngagementMeasure>(), (period, measure) => (period, measure)).ToDictionary(key => key, _ => new Tally(settings));
    }

    /// <summary>One that lies outside all periods counts nowhere.</summary>
    public void Add(EngagementFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_periods.FirstOrDefault(period => period.Dates.Contains(fact.Date)) is { } period)
            _tallies[(period, fact.Measure)].Add(fact.School, fact.Category, fact.Pupil, fact.Amount);
    }

    public EngagementFigures Publish() => new(_periods, _tallies.ToDictionary(entry => entry.Key, entry => entry.Value.Publish()));
}
