using AV1Relay.Domain.Evaluation;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

/// <summary>A school year in whole months that are over.</summary>
public sealed class EvaluationYearTests
{
    [Fact]
    public void Months_follow_each_other_without_a_gap_to_the_last_that_is_over() =>
        Assert.Equal(["September 2026", "October 2026"], Names(Of(new LocalDate(2026, 11, 30)), EvaluationSplit.Months));

    [Fact]
    public void Terms_and_the_year_are_made_of_whole_months()
    {
        var over = Of(new LocalDate(2027, 9, 1));

        Assert.Equal(["September to December 2026", "January to April 2027", "May to August 2027"], Names(over, EvaluationSplit.Terms));
        Assert.Equal(["School year 2026/27"], Names(over, EvaluationSplit.Year));
        Assert.Equal(over.PeriodsOf(EvaluationSplit.Months)[^1].Dates.End, over.PeriodsOf(EvaluationSplit.Year)[0].Dates.End);
        Assert.Equal(["September to December 2026", "January 2027"], Names(Of(new LocalDate(2027, 2, 1)), EvaluationSplit.Terms));
    }

    [Fact]
    public void A_year_whose_first_month_is_running_has_not_begun() => Assert.False(Of(new LocalDate(2026, 9, 30)).HasBegun);

    [Fact]
    public void One_that_starts_within_a_month_counts_from_its_first()
    {
        var year = new EvaluationYear("2026/27", new LocalDate(2026, 8, 17), new LocalDate(2027, 8, 16), new LocalDate(2027, 9, 1));

        Assert.Equal(new DateInterval(new LocalDate(2026, 8, 1), new LocalDate(2027, 7, 31)), year.PeriodsOf(EvaluationSplit.Year)[0].Dates);
    }

    private static EvaluationYear Of(LocalDate today) => new("2026/27", new LocalDate(2026, 9, 1), new LocalDate(2027, 9, 1), today);

    private static IEnumerable<string> Names(EvaluationYear year, EvaluationSplit split) => year.PeriodsOf(split).Select(period => period.Name);
}
