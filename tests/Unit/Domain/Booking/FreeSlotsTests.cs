using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class FreeSlotsTests
{
    private static readonly FreeSlotWish Wish = new(
        Id(0), Plan, Rung, PupilLocation.Home, new DateInterval(Monday, Monday.PlusDays(4)), [Carrier, OtherCarrier], By(At(8, 0)));

    private static readonly BookingBoard Week = Board() with
    {
        Plan = Facts(Step(minutes: 40)),
        Days =
        [
            .. Enumerable.Range(0, 7).Reverse().Select(day => Monday.PlusDays(day)).Select(date => new DayFacts(date, null)
            {
                Lessons = [Lesson(Maths, Slot(10, 5, 60, date)), Lesson(Art, Slot(9, 0, 30, date)), Lesson(new LessonId(Number(13)), Slot(13, 0, 60, date)) with { Room = null }],
            }),
        ],
    };

    [Fact]
    public void Each_lesson_of_the_days_is_proposed_once_the_earliest_first()
    {
        var found = FreeSlots.Find(Wish, Week).Value;

        Assert.Equal(10, found.Proposals.Length);
        Assert.Equal(found.Proposals.OrderBy(proposal => proposal.Slot.Date).ThenBy(proposal => proposal.Slot.Start), found.Proposals);
        Assert.True(found.IsWhole);
    }

    [Fact]
    public void A_proposal_is_no_longer_than_lesson_and_step() => Assert.Equal(
        [30, 40], FreeSlots.Find(Wish with { Wanted = 2 }, Week).Value.Proposals.Select(proposal => proposal.Slot.Duration.TotalMinutes));

    [Fact]
    public void Each_proposal_can_be_booked_as_it_is() =>
        Assert.All(FreeSlots.Find(Wish, Week).Value.Proposals, proposal => Assert.False(Bookings.Check(proposal, Week).IsRefused));

    [Fact]
    public void Another_robot_and_carrier_are_found_where_the_first_are_taken()
    {
        var taken = Booked(Use() with { Pupil = OtherPupil, Plan = new PlanId(Number(95)), Slot = Slot(9, 0) });

        var first = FreeSlots.Find(Wish, Week with { Sessions = [taken] }).Value.Proposals[0];

        Assert.Equal(("robot-b", OtherCarrier), (first.RobotName, first.Carrier));
    }

    [Fact]
    public void A_session_that_is_to_be_moved_does_not_stand_in_its_own_way()
    {
        var once = Week with { Plan = Facts(Step(minutes: 40, perWeek: 1)), Sessions = [Booked(Use() with { Slot = Slot(9, 0) })] };

        Assert.Empty(FreeSlots.Find(Wish, once).Value.Proposals);
        Assert.Equal(10, FreeSlots.Find(Wish with { Id = Id(1) }, once).Value.Proposals.Length);
    }

    [Fact]
    public void A_lesson_in_which_nothing_fits_is_left_out()
    {
        var busy = Booked(Use() with { Slot = Slot(9, 0), RobotName = "robot-b" });

        Assert.Equal(Slot(10, 5, 40), FreeSlots.Find(Wish, Week with { Sessions = [busy] }).Value.Proposals[0].Slot);
    }

    [Fact]
    public void The_search_says_when_it_stopped_before_the_end()
    {
        Assert.False(FreeSlots.Find(Wish with { Wanted = 3 }, Week).Value.IsWhole);
        Assert.False(FreeSlots.Find(Wish with { Tries = 5 }, Week).Value.IsWhole);
    }

    /// <summary>Thirty carriers of whom none is free would otherwise be asked again for each robot.</summary>
    [Fact]
    public void A_lesson_costs_as_many_tries_as_there_are_robots_and_carriers_not_pairs_of_them()
    {
        var busy = Enumerable.Range(0, 30).Select(number => new PersonId(Number(200 + number))).ToImmutableArray();
        var robots = Enumerable.Range(0, 30).Select(number => new RobotFacts($"robot-{number:00}", School)).ToImmutableArray();
        var board = Week with { Robots = robots, Carriers = [new CarrierFacts(busy[^1], [])] };

        var found = FreeSlots.Find(Wish with { Carriers = busy, Tries = 10 * (1 + 30 + 30) }, board).Value;

        Assert.Equal((10, busy[^1]), (found.Proposals.Length, found.Proposals[0].Carrier));
    }

    [Fact]
    public void The_same_question_has_the_same_answer() =>
        Assert.Equal(FreeSlots.Find(Wish, Week).Value.Proposals, FreeSlots.Find(Wish, Week with { Robots = [.. Week.Robots.Reverse()] }).Value.Proposals);

    [Fact]
    public void What_stands_against_every_time_is_said_at_once() =>
        Assert.Equal(["booking.step-without-robot"], FreeSlots.Find(Wish, Week with { Plan = Facts(StepInPerson()) }).Codes());
}
