using System.Collections.Immutable;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Facts on their way to figures, one at a time: it keeps sums, and grows with schools and months, never with facts or pupils.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class EngagementGathering
{
    private readonly EvaluationYear _year;
    private readonly EvaluationSettings _settings;
    private readonly ImmutableArray<EvaluationPeriod> _months;
    private readonly Dictionary<EngagementMeasure, ImmutableArray<Tally>> _tallies;

    /// <exception cref="ArgumentException">No month of the year is over.</exception>
    public EngagementGathering(EvaluationYear year, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(settings);
        if (!year.HasBegun) throw new ArgumentException("An evaluation is of whole months, and none is over.", nameof(year));
        (_year, _settings, _months) = (year, settings, year.PeriodsOf(EvaluationSplit.Months));
        _tallies = Enum.GetValues<EngagementMeasure>().ToDictionary(measure => measure, _ => _months.Select(_ => new Tally(settings)).ToImmutableArray());
    }

    /// <summary>One that lies outside all months counts nowhere.</summary>
    public void Add(EngagementFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        for (var month = 0; month < _months.Length; month++)
        {
            if (_months[month].Dates.Contains(fact.Date)) _tallies[fact.Measure][month].Add(fact.School, fact.Category, fact.Pupil, fact.Amount);
        }
    }

    /// <remarks>What is kept back is decided for all splits at once, whichever of them is looked at: what one of them hides, the others don't give away.</remarks>
    public EngagementFigures Publish(EvaluationSplit split)
    {
        var periods = _year.PeriodsOf(split);
        var tables = new Dictionary<(EvaluationPeriod, EngagementMeasure), FigureTable>();
        foreach (var (measure, months) in _tallies)
        {
            var terms = months.Chunk(EvaluationYear.MonthsOfATerm).Select(part => Tally.Sum(part, _settings)).ToList();
            var year = Tally.Sum(terms, _settings);
            var shape = new Tally.Shape(year);
            TalliedCell[][,] CellsOf(IEnumerable<Tally> spans) => [.. spans.Select(span => span.CellsIn(shape))];
            var decided = new SuppressionOverTime(
                [CellsOf([year]), CellsOf(terms), CellsOf(months)],
                [[0], [.. terms.Select(_ => 0)], [.. months.Select((_, month) => month / EvaluationYear.MonthsOfATerm)]],
                _settings.FewestPupils);
            for (var span = 0; span < periods.Length; span++) tables[(periods[span], measure)] = shape.Publish(decided, (int)split, span);
        }

        return new EngagementFigures(periods, tables);
    }
}
