using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class MoveAndRepeatTests
{
    private static readonly BookingRequest AsItIs = BookingRequest.ForMoving(In(SessionState.Agreed), By(At(9, 0)));

    [Fact]
    public void A_session_does_not_stand_in_its_own_way() =>
        Assert.Equal(At(10, 15), Move(AsItIs with { Slot = Slot(10, 15) }, Board(Booked())).Window.Start);

    [Fact]
    public void Others_stand_in_its_way_where_it_is_moved_to()
    {
        var board = Board(Booked(), Booked(Use() with { Slot = Slot(14, 0) }, id: 2));

        Assert.Equal(
            ["booking.robot-taken", "booking.pupil-busy", "booking.carrier-busy"],
            Bookings.Move(In(SessionState.Agreed), AsItIs with { Slot = Slot(14, 0) }, board).Codes());
    }

    [Fact]
    public void Who_agreed_to_another_time_is_asked_again() =>
        Assert.Equal(SessionState.Proposed, Move(AsItIs with { Slot = Slot(10, 15) }, Board()).State);

    [Fact]
    public void Who_agreed_to_another_place_of_the_pupil_is_asked_again() =>
        Assert.Equal(SessionState.Proposed, Move(AsItIs with { Location = PupilLocation.OtherPlace }, Board()).State);

    [Fact]
    public void Another_robot_and_carrier_are_no_other_session()
    {
        var moved = Move(AsItIs with { RobotName = "robot-b", Carrier = OtherCarrier }, Board());

        Assert.Equal((SessionState.Agreed, "robot-b"), (moved.State, moved.Booked.RobotName));
    }

    [Fact]
    public void A_step_that_lets_the_robot_do_more_is_agreed_to_again()
    {
        var moved = Move(AsItIs, Board() with { Plan = Facts(Step(new CapabilitySet(Capability.See | Capability.Hear | Capability.Speak))) });

        Assert.Equal(SessionState.Proposed, moved.State);
        Assert.True(moved.Booked.Capabilities.Has(Capability.Speak));
    }

    [Fact]
    public void A_step_that_lets_the_robot_do_less_has_been_agreed_to() =>
        Assert.Equal(SessionState.Agreed, Move(AsItIs, Board() with { Plan = Facts(Step(new CapabilitySet(Capability.See))) }).State);

    [Fact]
    public void A_step_that_now_asks_a_parent_keeps_the_pupils_yes_and_waits_for_the_parent()
    {
        var moved = Move(AsItIs, Board() with { Plan = Facts(Step(asksParent: true)) });

        Assert.Equal(SessionState.Proposed, moved.State);
        Assert.Equal([PupilSaysYes], moved.History.Agreements);
    }

    [Fact]
    public void Who_moved_it_is_kept() => Assert.Equal(AsItIs.By, Move(AsItIs with { Slot = Slot(10, 15) }, Board()).History.Proposed);

    [Fact]
    public void A_request_for_another_session_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Bookings.Move(In(SessionState.Agreed), AsItIs with { Id = Id(9) }, Board()));

    [Fact]
    public void Each_slot_of_a_repeat_is_answered_and_one_refusal_stops_no_other()
    {
        var board = Board() with
        {
            Days = [Day(Monday), new DayFacts(Monday.PlusWeeks(1), "INSET day"), Day(Monday.PlusWeeks(2))],
        };
        RepeatSlot[] slots = [.. Enumerable.Range(0, 4).Select(week => new RepeatSlot(Id(50 + week), Slot(10, 5, date: Monday.PlusWeeks(week))))];

        var answers = Bookings.Repeat(Request(), slots, board);

        Assert.Equal(slots.Select(slot => slot.Slot), answers.Select(answer => answer.Slot));
        Assert.Equal(["", "booking.closed-day", "", "booking.day-unknown"], answers.Select(answer => string.Join(' ', answer.Outcome.Codes())));
    }

    [Fact]
    public void Each_slot_of_a_repeat_is_judged_by_what_holds_on_its_own_day()
    {
        var weeks = Enumerable.Range(0, 4).Select(week => Monday.PlusWeeks(week)).ToList();
        var board = Board() with
        {
            Plan = Facts() with { NeededAgreements = [new("The parent's agreement", weeks[1])], ReviewLongOverdueFrom = weeks[3] },
            Days = [.. weeks.Select(Day)],
        };

        var answers = Bookings.Repeat(Request(), [.. weeks.Select((date, week) => new RepeatSlot(Id(50 + week), Slot(10, 5, date: date)))], board);

        Assert.Equal(
            ["", "", "booking.agreement-lapsed", "booking.review-overdue booking.agreement-lapsed"],
            answers.Select(answer => string.Join(' ', answer.Outcome.Codes())));
    }

    [Fact]
    public void A_repeat_does_not_clash_with_itself()
    {
        var answers = Bookings.Repeat(Request(), [new(Id(50), Slot(10, 5)), new(Id(51), Slot(10, 20))], Board());

        Assert.Equal([false, true], answers.Select(answer => answer.Outcome.IsRefused));
    }

    [Fact]
    public void A_weekly_repeat_keeps_its_wall_time()
    {
        var october = new LocalDate(2026, 10, 19);
        var board = Board() with { Days = [Day(october), Day(october.PlusWeeks(1))] };
        var request = Request() with { By = By(Instant.FromUtc(2026, 10, 1, 8, 0)), Lesson = Maths };

        var answers = Bookings.Repeat(request, [new(Id(50), Slot(10, 5, date: october)), new(Id(51), Slot(10, 5, date: october.PlusWeeks(1)))], board);

        Assert.Equal(Duration.FromDays(7) + Duration.FromHours(1), answers[1].Outcome.Value.Window.Start - answers[0].Outcome.Value.Window.Start);
    }

    private static ScheduledSession Move(BookingRequest request, BookingBoard board) => Bookings.Move(In(SessionState.Agreed), request, board).Value;
}
