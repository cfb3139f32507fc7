using AV1Relay.Application.Sample;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Storage.Records;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Sample;

public sealed class CountyGeneratorTests
{
    /// <summary>A Wednesday, ten minutes into a lesson.</summary>
    private static readonly Instant InALesson = Instant.FromUtc(2026, 11, 11, 10, 0);

    private static readonly IReadOnlyList<SampleSchool> Schools = [.. new CountyGenerator(1, SampleSize.County(30), InALesson).Schools()];

    private static IEnumerable<SamplePupil> Pupils => Schools.SelectMany(school => school.Pupils);

    private static IEnumerable<ScheduledSession> Sessions => Pupils.SelectMany(pupil => pupil.Sessions);

    [Fact]
    public void The_same_seed_gives_the_same_county() => Assert.Equal(Written(seed: 7), Written(seed: 7));

    [Fact]
    public void Another_seed_gives_another_county() => Assert.NotEqual(Written(seed: 7), Written(seed: 8));

    [Fact]
    public void A_school_is_the_same_in_a_county_of_any_size()
    {
        var alone = new CountyGenerator(1, SampleSize.County(1) with { FirstSchool = 12 }, InALesson).Schools().Single();

        Assert.Equal(RecordJson.Write(Schools[11].Pupils[3].Plan), RecordJson.Write(alone.Pupils[3].Plan));
    }

    [Fact]
    public void A_county_has_as_much_as_its_size_says()
    {
        Assert.Equal(30 * 5, Schools.Sum(school => school.Robots.Length));
        Assert.Equal(30 * 50, Pupils.Count());
        Assert.Equal(30 * 250, Sessions.Count());
    }

    [Fact]
    public void Sessions_are_in_every_state() => Assert.Equal(Enum.GetValues<SessionState>(), Sessions.Select(session => session.State).Distinct().Order());

    [Fact]
    public void Most_sessions_are_past_and_some_are_to_come()
    {
        var toCome = Sessions.Count(session => session.Window.Start > InALesson);

        Assert.InRange(toCome, 30 * 250 / 50, 30 * 250 / 4);
    }

    [Fact]
    public void Nobody_and_nothing_is_in_two_sessions_at_once()
    {
        AssertNoOverlap(Sessions, session => session.Booked.RobotName);
        AssertNoOverlap(Sessions, session => session.Booked.Pupil.ToString());
        AssertNoOverlap(Sessions, session => session.Booked.Carrier.ToString());
    }

    [Fact]
    public void Every_session_could_have_been_booked_by_who_carries_it_where_it_is_and_by_whose_pupil_it_is() => Assert.All(Schools, school =>
        Assert.All(school.Pupils.SelectMany(pupil => pupil.Sessions.Select(session => (pupil, session.Booked, session.Window))), one =>
        {
            var around = new Interval(one.Window.Start, one.Window.End);
            var assignments = school.Assignments.Where(assignment => assignment.Who == one.Booked.Carrier);
            Assert.Empty(CarrierFacts.Of(one.Booked.Carrier, assignments, school.Card.Id, one.Booked.Plan, around)!.Away);
            Assert.Contains(school.Times.Rooms, room => room.Id == one.Booked.Room);
            Assert.Equal(school.Card.Id, one.pupil.Schooling.SchoolOn(one.Booked.Slot.Date));
        }));

    [Fact]
    public void Every_session_is_at_a_step_with_the_robot_of_its_own_plan() => Assert.All(Pupils, pupil =>
        Assert.All(pupil.Sessions, session => Assert.NotNull(pupil.Plan.Ladder.Find(session.Booked.Step)?.Robot)));

    [Fact]
    public void A_session_to_come_is_at_the_pupils_current_step() => Assert.All(Pupils, pupil =>
        Assert.All(
            pupil.Sessions.Where(session => session.Window.Start > InALesson),
            session => Assert.Equal(pupil.Plan.Ladder.Current.Id, session.Booked.Step)));

    [Fact]
    public void Ladders_have_four_to_seven_steps_with_and_without_the_robot()
    {
        Assert.All(Pupils, pupil => Assert.InRange(pupil.Plan.Ladder.Steps.Length, SampleSteps.Fewest, SampleSteps.Most));
        Assert.Contains(Pupils, pupil => pupil.Plan.Ladder.Steps.Any(step => step.Robot is null));
    }

    [Fact]
    public void Plans_have_none_to_six_reviews_and_some_moves()
    {
        Assert.All(Pupils, pupil => Assert.InRange(pupil.Plan.Reviews.Length, 0, 6));
        Assert.Contains(Pupils, pupil => pupil.Plan.Moves.Any(move => move.Direction == StepDirection.Up));
        Assert.Contains(Pupils, pupil => pupil.Plan.Moves.Any(move => move.Direction == StepDirection.Down));
    }

    [Fact]
    public void Plans_are_drafts_active_and_closed() =>
        Assert.Equal(Enum.GetValues<PlanStatus>(), Pupils.Select(pupil => pupil.Plan.Status).Distinct().Order());

    [Theory]
    [InlineData(1, 4)]
    [InlineData(7, 25)]
    [InlineData(8, 28)]
    [InlineData(9, 1)]
    [InlineData(12, 26)]
    public void A_county_can_be_made_on_any_day_of_the_year(int month, int day)
    {
        var school = new CountyGenerator(1, SampleSize.County(1), Instant.FromUtc(2027, month, day, 3, 0)).Schools().Single();

        Assert.Equal(250, school.Pupils.Sum(pupil => pupil.Sessions.Length));
    }

    private static List<string> Written(int seed) =>
    [
        .. new CountyGenerator(seed, SampleSize.Authority, InALesson).Schools().SelectMany(school => school.Pupils)
            .SelectMany(pupil => pupil.Sessions.Select(RecordJson.Write).Append(RecordJson.Write(pupil.Plan))),
    ];

    private static void AssertNoOverlap(IEnumerable<ScheduledSession> sessions, Func<ScheduledSession, string> of) => Assert.All(
        sessions.Where(session => session.Holds is not null).GroupBy(of),
        group =>
        {
            var inOrder = group.Select(session => session.Window).OrderBy(window => window.Start).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        });
}
