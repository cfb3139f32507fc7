using AV1Relay.Application.Evaluation;
using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Evaluation;

/// <summary>The school years that figures can be asked for.</summary>
public sealed class EvaluationTimesTests
{
    private static readonly SchoolCalendar FromAugust = new(
        InventedSchool.London, new AcademicYearStarts(new AnnualDate(8, 17)), SchoolCalendar.MondayToFriday, [], [], []);

    [Fact]
    public void Years_begin_as_is_usual_where_no_calendar_says_otherwise() =>
        Assert.Equal(["2026/27", "2025/26", "2024/25", "2023/24"], Labels(null, new LocalDate(2026, 11, 29)));

    [Fact]
    public void A_year_is_offered_once_a_month_of_it_is_over()
    {
        Assert.Equal(["2025/26", "2024/25", "2023/24"], Labels(null, new LocalDate(2026, 9, 30)));
        Assert.Equal(["2026/27", "2025/26", "2024/25", "2023/24"], Labels(FromAugust, new LocalDate(2026, 9, 30)));
    }

    private static IEnumerable<string> Labels(SchoolCalendar? calendar, LocalDate today) => new EvaluationTimes(calendar, today).SchoolYears.Select(year => year.Label);
}
