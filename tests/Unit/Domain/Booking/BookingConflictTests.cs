using AV1Relay.Domain.Booking;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class BookingConflictTests
{
    // Allen's thirteen relations of what is asked for to a session from 10:00 to 11:00; minutes after 9:00.
    public static TheoryData<string, int, int, bool> AllenRelations() => new()
    {
        { "before", 0, 30, false },
        { "meets", 30, 60, false },
        { "overlaps", 30, 90, true },
        { "starts", 60, 90, true },
        { "during", 75, 105, true },
        { "finishes", 90, 120, true },
        { "equals", 60, 120, true },
        { "finished by", 30, 120, true },
        { "contains", 30, 150, true },
        { "started by", 60, 150, true },
        { "overlapped by", 90, 150, true },
        { "met by", 120, 150, false },
        { "after", 150, 180, false },
    };

    [Theory]
    [MemberData(nameof(AllenRelations))]
    public void A_robot_is_not_booked_twice(string relation, int from, int to, bool clashes) =>
        Assert.Equal(clashes ? ["booking.robot-taken"] : [], Clashes(relation, from, to, Existing with { Pupil = OtherPupil, Carrier = OtherCarrier }));

    [Theory]
    [MemberData(nameof(AllenRelations))]
    public void A_pupil_is_not_booked_twice(string relation, int from, int to, bool clashes) =>
        Assert.Equal(clashes ? ["booking.pupil-busy"] : [], Clashes(relation, from, to, Existing with { RobotName = "robot-b", Carrier = OtherCarrier }));

    [Theory]
    [MemberData(nameof(AllenRelations))]
    public void A_carrier_is_not_booked_twice(string relation, int from, int to, bool clashes) =>
        Assert.Equal(clashes ? ["booking.carrier-busy"] : [], Clashes(relation, from, to, Existing with { RobotName = "robot-b", Pupil = OtherPupil }));

    [Theory]
    [MemberData(nameof(AllenRelations))]
    public void A_room_may_host_many(string relation, int from, int to, bool clashes)
    {
        _ = clashes;
        Assert.Empty(Clashes(relation, from, to, Existing with { RobotName = "robot-b", Pupil = OtherPupil, Carrier = OtherCarrier }));
    }

    [Theory]
    [InlineData(11, 5, true)]
    [InlineData(11, 9, true)]
    [InlineData(11, 10, false)]
    [InlineData(9, 20, false)]
    [InlineData(9, 21, true)]
    public void A_robot_rests_between_two_pupils(int hour, int minute, bool tooClose)
    {
        var board = Board(Booked(Existing with { Pupil = OtherPupil, Carrier = OtherCarrier }));

        Assert.Equal(tooClose ? ["booking.robot-rests"] : [], Bookings.Check(Request(Slot(hour, minute)), board).Codes());
    }

    [Fact]
    public void The_same_pupil_needs_no_rest_of_the_robot() => Assert.False(Bookings.Check(Request(Slot(11, 0)), Board(Booked(Existing))).IsRefused);

    [Fact]
    public void A_refusal_offers_the_next_time_that_is_free()
    {
        var next = Existing with { Pupil = OtherPupil, Carrier = OtherCarrier };
        var board = Board(Booked(next, id: 1), Booked(next with { Slot = Slot(11, 30) }, id: 2));

        var refusal = Assert.Single(Bookings.Check(Request(Slot(10, 30)), board).Refusals);

        Assert.EndsWith("Free from 12:10.", refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_outside_the_hours_is_not_offered()
    {
        var board = Board(Booked(Existing with { Slot = Slot(16, 30, 60), Pupil = OtherPupil, Carrier = OtherCarrier }));

        Assert.Equal(
            "Choose another robot or another time.", Assert.Single(Bookings.Check(Request(Slot(17, 0)), board).Refusals).NextStep);
    }

    [Fact]
    public void A_time_after_the_lesson_is_not_offered()
    {
        var board = Board(Booked(Existing with { Pupil = OtherPupil, Carrier = OtherCarrier }));

        Assert.Equal(
            "Choose another robot or another time.",
            Assert.Single(Bookings.Check(Request() with { Lesson = Maths }, board).Refusals).NextStep);
    }

    [Fact]
    public void A_session_that_ended_early_holds_nothing_from_then_on() =>
        Assert.Equal(new Interval(Start, At(10, 8)), In(SessionState.Live).Leave(At(10, 8), Rules).Value.Holds);

    [Fact]
    public void A_session_across_the_clock_change_clashes_by_what_the_clocks_mean()
    {
        // In the night of 25 October 2026 the hour from 1:00 comes twice: 0:30 for an hour and three quarters ends at 1:15 the second time.
        var night = new LocalDate(2026, 10, 25);
        var board = Board(Booked(Existing with { Slot = Slot(0, 30, 105, night), RobotName = "robot-b", Carrier = OtherCarrier })) with { Days = [Day(night)], Rules = Rules with { Hours = new SessionHours(LocalTime.Midnight, LocalTime.MaxValue) } };

        Assert.Equal(["booking.pupil-busy"], Bookings.Check(Request(Slot(1, 50, 30, night)) with { By = By(Instant.FromUtc(2026, 10, 1, 8, 0)) }, board).Codes());
    }

    private static BookedUse Existing => Use() with { Slot = Slot(10, 0, 60) };

    private static IEnumerable<string> Clashes(string relation, int from, int to, BookedUse existing)
    {
        Assert.NotEmpty(relation);
        var board = Board(Booked(existing)) with
        {
            Plan = Facts(Step(minutes: 180)),
            Rules = Rules with { BetweenPupils = Duration.Zero },
        };
        return Bookings.Check(Request(Slot(9 + from / 60, from % 60, to - from)), board).Codes();
    }
}
