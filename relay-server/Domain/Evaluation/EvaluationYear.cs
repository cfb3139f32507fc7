using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Domain.Evaluation;

/// <summary>How a year that is evaluated is cut into pieces; each lies within a piece of the one before.</summary>
public enum EvaluationSplit
{
    /// <summary>Its months together.</summary>
    Year,

    /// <summary>Four months at a time, as terms go.</summary>
    Terms,

    /// <summary>Month by month.</summary>
    Months,
}

/// <summary>A school year as figures are given of it: in whole months that are over, and in terms and a year made of them.</summary>
/// <remarks>
/// The pieces are the same for everybody and on every day, whatever a school's calendar says: if they could be chosen, one sum could be subtracted
/// from another that differs by a few days, down to one pupil. For the same reason the month that is running counts nowhere.
/// </remarks>
public sealed class EvaluationYear
{
    internal const int MonthsOfATerm = 4;

    private static readonly LocalDatePattern MonthAlone = LocalDatePattern.Create("MMMM", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern Month = LocalDatePattern.Create("MMMM uuuu", CultureInfo.InvariantCulture);

    private readonly ImmutableArray<EvaluationPeriod> _months;
    private readonly ImmutableArray<EvaluationPeriod> _terms;
    private readonly ImmutableArray<EvaluationPeriod> _whole;

    /// <param name="label">As <c>2026/27</c>.</param>
    /// <param name="start">Counts from the first of its month, and so does <paramref name="next"/>.</param>
    /// <param name="next">Where the year after it starts.</param>
    public EvaluationYear(string label, LocalDate start, LocalDate next, LocalDate today)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        Label = label;
        var until = LocalDate.Min(FirstOf(next), FirstOf(today));
        List<LocalDate> months = [];
        for (var month = FirstOf(start); month < until; month = month.PlusMonths(1)) months.Add(month);
        _months = [.. months.Select(month => Span(Month.Format(month), month, month))];
        _terms = [.. months.Chunk(MonthsOfATerm).Select(term => Span(
            term.Length == 1 ? Month.Format(term[0]) : $"{MonthAlone.Format(term[0])} to {Month.Format(term[^1])}", term[0], term[^1]))];
        _whole = months is [var first, ..] ? [Span($"School year {label}", first, months[^1])] : [];
    }

    public string Label { get; }

    /// <summary>Whether there is a whole month to tell of.</summary>
    public bool HasBegun => !_months.IsEmpty;

    public ImmutableArray<EvaluationPeriod> PeriodsOf(EvaluationSplit split) => split switch
    {
        EvaluationSplit.Months => _months,
        EvaluationSplit.Terms => _terms,
        _ => _whole,
    };

    private static LocalDate FirstOf(LocalDate day) => day.With(DateAdjusters.StartOfMonth);

    private static EvaluationPeriod Span(string name, LocalDate first, LocalDate last) => new(name, new DateInterval(first, last.With(DateAdjusters.EndOfMonth)));
}
