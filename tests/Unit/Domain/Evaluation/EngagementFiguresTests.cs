using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Evaluation;

public sealed class EngagementFiguresTests
{
    private static readonly SchoolId School = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly EvaluationYear Year = new("2026/27", new LocalDate(2026, 9, 1), new LocalDate(2027, 9, 1), new LocalDate(2027, 5, 1));
    private static readonly EvaluationPeriod Autumn = Year.PeriodsOf(EvaluationSplit.Terms)[0];
    private static readonly EvaluationPeriod Spring = Year.PeriodsOf(EvaluationSplit.Terms)[1];
    private static readonly LocalDate InAutumn = new(2026, 11, 9);
    private static readonly EvaluationSettings Settings = new();

    [Fact]
    public void Booked_is_what_was_held_and_what_was_not()
    {
        var table = FiguresOf(
            Each(5, pupil => EngagementFact.SessionHeld(School, InAutumn, pupil)),
            Each(6, pupil => EngagementFact.SessionNotHeld(School, InAutumn, pupil, NotHeldBecause.RobotNotPlaced)))[Autumn, EngagementMeasure.Sessions];

        Assert.Equal([5, 6, 11], [table[School, EngagementFact.Held].Value, table[School, "not held: the robot was not placed"].Value, table.TotalOf(School).Value]);
    }

    [Fact]
    public void Each_reason_for_not_being_held_is_a_category_of_its_own()
    {
        var reasons = Enum.GetValues<NotHeldBecause>();

        Assert.Equal(reasons.Length, reasons.Select(reason => EngagementFact.SessionNotHeld(School, InAutumn, default, reason).Category).Distinct().Count());
    }

    [Fact]
    public void Moves_are_counted_by_their_direction()
    {
        var table = FiguresOf(
            Each(5, pupil => EngagementFact.StepMoved(School, InAutumn, pupil, StepDirection.Up)),
            Each(6, pupil => EngagementFact.StepMoved(School, InAutumn, pupil, StepDirection.Down)))[Autumn, EngagementMeasure.StepsMoved];

        Assert.Equal([5, 6, 11], [table[School, "up"].Value, table[School, "down"].Value, table.TotalOf(School).Value]);
    }

    [Fact]
    public void Minutes_say_where_the_pupil_was()
    {
        var table = FiguresOf(
            Each(5, pupil => EngagementFact.MinutesWithRobot(School, InAutumn, pupil, PupilLocation.Home, 20)),
            Each(5, pupil => EngagementFact.MinutesInPerson(School, InAutumn, pupil, 7)))[Autumn, EngagementMeasure.Minutes];

        Assert.Equal([100, 35], [table[School, "with the robot, from home"].Value, table[School, "in person"].Value]);
    }

    [Fact]
    public void A_day_belongs_to_its_period_and_other_days_to_none()
    {
        var figures = FiguresOf(
            Each(5, pupil => EngagementFact.SessionHeld(School, Autumn.Dates.End, pupil)),
            Each(6, pupil => EngagementFact.SessionHeld(School, Spring.Dates.Start, pupil)),
            Each(7, pupil => EngagementFact.SessionHeld(School, Spring.Dates.End.PlusDays(1), pupil)));

        Assert.Equal([5, 6], figures.Periods.Select(period => figures[period, EngagementMeasure.Sessions].Total.Value));
    }

    [Fact]
    public void A_year_without_a_month_that_is_over_has_no_figures() => Assert.Throws<ArgumentException>(() => EngagementFigures.Of(
        [], new EvaluationYear("2026/27", new LocalDate(2026, 9, 1), new LocalDate(2027, 9, 1), new LocalDate(2026, 9, 30)), EvaluationSplit.Year, Settings));

    [Fact]
    public void Overlapping_periods_of_attendance_are_refused_since_one_could_be_subtracted_from_the_other()
    {
        var almostAutumn = new EvaluationPeriod("almost autumn", new DateInterval(Autumn.Dates.Start.PlusDays(1), Autumn.Dates.End));

        Assert.Throws<ArgumentException>(() => AttendanceFigures.Of([], [Autumn, almostAutumn], Settings));
    }

    [Fact]
    public void A_csv_has_each_figure_or_says_that_it_is_kept_back()
    {
        var figures = EngagementFigures.Of(
            Each(5, pupil => EngagementFact.SessionHeld(School, InAutumn, pupil)).Concat(Each(2, pupil => EngagementFact.LinkQuality(School, InAutumn, pupil, "good"))),
            Year,
            EvaluationSplit.Terms,
            Settings);

        var lines = EvaluationCsv.Lines(figures, _ => "=School, one").ToList();

        Assert.Equal("period,measure,school,category,figure", lines[0]);
        Assert.Contains("September to December 2026,sessions booked,\"'=School, one\",held,5", lines);
        Assert.Contains("September to December 2026,link quality,\"'=School, one\",good,kept back", lines);
        Assert.Contains("September to December 2026,link quality,all schools,total,kept back", lines);
        Assert.DoesNotContain(EvaluationCsv.Lines(figures, _ => "One", only: School), line => line.Contains("all schools", StringComparison.Ordinal));
        Assert.Single(EvaluationCsv.Lines(figures, _ => "Another", only: new SchoolId(Guid.Empty))); // the names of its columns
    }

    [Fact]
    public void A_chart_leaves_a_gap_for_what_is_kept_back()
    {
        var figures = FiguresOf(
            Each(5, pupil => EngagementFact.SessionHeld(School, Autumn.Dates.End, pupil)),
            Each(4, pupil => EngagementFact.SessionHeld(School, Spring.Dates.Start, pupil)));

        var series = ChartSeries.Of(figures, EngagementMeasure.Sessions, EngagementFact.Held).ToList();

        Assert.Equal([null, School], series.Select(one => one.School));
        Assert.Equal([Figure.KeptBack, Figure.KeptBack], series[1].Points.Select(point => point.Figure)); // beside the year, one would give away the other
    }

    [Fact]
    public void Attendance_is_added_up_from_the_schools_own_half_days()
    {
        var figures = AttendanceFigures.Of(Each(5, pupil => new AttendanceFact(School, InAutumn, pupil, possible: 10, attended: 4)), [Autumn], Settings);

        Assert.Equal([20, 30], [figures[Autumn][School, AttendanceFigures.Attended].Value, figures[Autumn][School, AttendanceFigures.NotAttended].Value]);
    }

    [Fact]
    public void More_can_not_be_attended_than_was_possible() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttendanceFact(School, InAutumn, default, possible: 2, attended: 3));

    private static EngagementFigures FiguresOf(params IEnumerable<EngagementFact>[] facts) => EngagementFigures.Of(facts.SelectMany(fact => fact), Year, EvaluationSplit.Terms, Settings);

    private static IEnumerable<T> Each<T>(int pupils, Func<Pseudonym, T> fact) => Enumerable.Range(0, pupils).Select(pupil => fact(new Pseudonym($"{pupil}")));
}
