using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class BookingTests
{
    private static readonly LocalDate Tuesday = Monday.PlusDays(1);
    private static readonly RoomId OtherRoom = new(Number(14));

    // A day's length of battery for the first session, and 10 minutes back for each hour at the charger.
    private static readonly BookingBoard WithBattery = Board() with
    {
        Robots = [new RobotFacts("robot-a", School) { Battery = new BatteryFacts(Duration.FromMinutes(45), Duration.FromMinutes(10)) }],
    };

    private static readonly BookedUse SomebodyElses = Use() with { Pupil = OtherPupil, Plan = new PlanId(Number(95)), Carrier = OtherCarrier };

    // Every reason there is, each where it alone stands in the way.
    private static readonly Dictionary<string, (BookingRequest Request, BookingBoard Board)> Refused = new()
    {
        ["booking.review-overdue"] = (Request(), Board() with { Plan = Facts() with { ReviewLongOverdueFrom = Monday } }),
        ["booking.pupil-elsewhere"] = (Request(), Board() with { Schooling = MovedOn(Monday) }),
        ["booking.location-missing"] = (Request() with { Location = null }, Board()),
        ["booking.other-zone"] = (Request() with { Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"] }, Board()),
        ["booking.outside-hours"] = (Request(Slot(3, 0)) with { By = By(At(2, 0)) }, Board()),
        ["booking.robot-taken"] = (Request(), Board(Booked(SomebodyElses))),
        ["booking.robot-rests"] = (Request(Slot(10, 40)), Board(Booked(SomebodyElses))),
        ["booking.pupil-busy"] = (Request(), Board(Booked(Use() with { RobotName = "robot-b", Carrier = OtherCarrier }))),
        ["booking.carrier-busy"] = (Request(), Board(Booked(SomebodyElses with { RobotName = "robot-b", Carrier = Carrier }))),
        ["booking.carrier-unknown"] = (Request(), Board(Booked(SomebodyElses with { RobotName = "robot-b", Carrier = Carrier })) with { Carriers = [] }),
        ["booking.other-room"] = (Request() with { Lesson = Maths, Room = OtherRoom }, WithOtherRoom),
        ["booking.room-unknown"] = (Request() with { Room = OtherRoom }, Board()),
        ["booking.plan-not-active"] = (Request(), Board() with { Plan = Facts() with { IsActive = false } }),
        ["booking.agreement-lapsed"] = (Request(), Board() with { Plan = Facts() with { NeededAgreements = [new("The parent's agreement", Monday.PlusDays(-1))] } }),
        ["booking.not-the-current-step"] = (Request() with { Step = new StepId(Number(99)) }, Board()),
        ["booking.step-without-robot"] = (Request(), Board() with { Plan = Facts(StepInPerson()) }),
        ["booking.in-the-past"] = (Request() with { By = By(At(10, 6)) }, Board()),
        ["booking.longer-than-step"] = (Request(Slot(10, 5, minutes: 61)), Board()),
        ["booking.day-unknown"] = (Request(Slot(10, 5, date: Tuesday)), Board()),
        ["booking.closed-day"] = (Request(), Board() with { Days = [new DayFacts(Monday, "INSET day")] }),
        ["booking.lesson-unknown"] = (Request() with { Lesson = Art }, Board()),
        ["booking.outside-lesson"] = (Request(Slot(10, 36)) with { Lesson = Maths }, Board()),
        ["booking.enough-this-week"] = (Request(), Board(Booked(Use() with { Slot = Slot(14, 0) })) with { Plan = Facts(Step(perWeek: 1)) }),
        ["booking.carrier-away"] = (Request(), Board() with { Carriers = [new CarrierFacts(Carrier, [new Interval(At(9, 0), At(10, 6))])] }),
        ["booking.robot-not-enrolled"] = (Request() with { RobotName = "robot-z" }, Board()),
        ["booking.robot-elsewhere"] = (Request(), Board() with { Robots = [new RobotFacts("robot-a", new SchoolId(Number(98)))] }),
        ["booking.robot-out-of-service"] = (Request(), Board() with { Robots = [new RobotFacts("robot-a", School, "the head does not turn")] }),
        ["booking.battery-too-short"] = (Request(Slot(10, 5, minutes: 46)), WithBattery),
        ["booking.room-missing"] = (Request() with { Room = null }, Board()),
        ["booking.room-without-wifi"] = (Request() with { Room = Hut }, Board()),
    };

    private static BookingBoard WithOtherRoom => Board() with { Rooms = [new RoomFacts(Room8B, true), new RoomFacts(OtherRoom, HoldsWifi: null)] };

    public static TheoryData<string> Codes() => [.. Refused.Keys];

    [Fact]
    public void A_session_that_nothing_stands_against_is_proposed() => Assert.Equal(SessionState.Proposed, Bookings.Check(Request(), Board()).Value.State);

    [Fact]
    public void What_is_booked_comes_from_request_plan_step_and_timetable()
    {
        var board = Board() with { Plan = Facts(Step(asksParent: true)) };

        var booked = Bookings.Check(Request() with { Lesson = Maths }, board).Value.Booked;

        Assert.Equal(Use(asksParent: true) with { Lesson = new LessonName(Maths, "8B maths") }, booked);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_stands_against_a_booking_is_the_one_reason_given(string code) =>
        Assert.Equal([code], Bookings.Check(Refused[code].Request, Refused[code].Board).Codes());

    /// <summary>Whoever adds a reason adds its case above. The audit's names of things look alike, and are no reasons.</summary>
    [Fact]
    public void Every_reason_there_is_has_its_case() => Assert.Equal(
        Refused.Keys.ToHashSet(),
        StringsOfTheDomain().Where(text => text.StartsWith("booking.", StringComparison.Ordinal)).Except(AuditSlugs.All.Select(slug => slug.Value)).ToHashSet());

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_refusal_says_why_and_what_to_do(string code)
    {
        var refusal = Assert.Single(Bookings.Check(Refused[code].Request, Refused[code].Board).Refusals);

        Assert.EndsWith(".", refusal.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void All_reasons_are_given_at_once()
    {
        var board = Board(Booked()) with
        {
            Plan = Facts(Step(perWeek: 1, minutes: 10)) with { IsActive = false, ReviewLongOverdueFrom = Monday, NeededAgreements = [new("The parent's agreement", Monday.PlusDays(-1))] },
            Days = [new DayFacts(Monday, "INSET day")],
            Carriers = [new CarrierFacts(Carrier, [new Interval(At(9, 0), At(12, 0))])],
            Robots = [new RobotFacts("robot-a", new SchoolId(Number(98)), "the head does not turn")],
        };
        var request = Request() with { Step = new StepId(Number(99)), Location = null, Room = Hut, By = By(At(12, 0)) };

        Assert.Equal(
            [
                "booking.plan-not-active", "booking.review-overdue", "booking.agreement-lapsed", "booking.not-the-current-step", "booking.location-missing",
                "booking.in-the-past", "booking.longer-than-step", "booking.closed-day", "booking.enough-this-week", "booking.robot-taken",
                "booking.pupil-busy", "booking.carrier-busy", "booking.carrier-away", "booking.robot-elsewhere", "booking.robot-out-of-service",
                "booking.room-without-wifi",
            ],
            Bookings.Check(request, board).Codes());
    }

    [Fact]
    public void Each_lapsed_agreement_is_named()
    {
        var board = Board() with { Plan = Facts() with { NeededAgreements = [new("The parent's agreement", Monday.PlusDays(-1)), new("The key adult's agreement", null), new("The pupil's agreement", Monday.PlusDays(-9))] } };

        Assert.Equal(
            ["The parent's agreement is not in force on that day.", "The pupil's agreement is not in force on that day."],
            Bookings.Check(Request(), board).Refusals.Select(refusal => refusal.Reason));
    }

    [Fact]
    public void A_week_runs_from_monday_to_sunday()
    {
        var sundayBefore = Booked(Use() with { Slot = Slot(10, 5, date: Monday.PlusDays(-1)) }, id: 1);
        var sunday = Booked(Use() with { Slot = Slot(10, 5, date: Monday.PlusDays(6)) }, id: 2);
        var once = Board(sundayBefore) with { Plan = Facts(Step(perWeek: 1)) };

        Assert.False(Bookings.Check(Request(), once).IsRefused);
        Assert.Equal(["booking.enough-this-week"], Bookings.Check(Request(), once with { Sessions = [sunday] }).Codes());
    }

    [Theory]
    [InlineData(SessionState.Declined)]
    [InlineData(SessionState.Cancelled)]
    [InlineData(SessionState.Missed)]
    public void What_did_not_come_about_takes_no_place_in_the_week_and_holds_nothing(SessionState state) =>
        Assert.False(Bookings.Check(Request(), Board(In(state)) with { Plan = Facts(Step(perWeek: 1)) }).IsRefused);

    [Fact]
    public void A_session_at_another_step_takes_its_place_in_the_week_too()
    {
        var other = Booked(Use() with { Step = new StepId(Number(99)), Slot = Slot(14, 0) });

        Assert.Equal(["booking.enough-this-week"], Bookings.Check(Request(), Board(other) with { Plan = Facts(Step(perWeek: 1)) }).Codes());
    }

    [Fact]
    public void A_lesson_may_be_filled_to_its_end() =>
        Assert.False(Bookings.Check(Request(Slot(10, 35)) with { Lesson = Maths }, Board()).IsRefused);

    [Fact]
    public void Where_no_room_is_asked_for_it_is_the_lessons() =>
        Assert.Equal(Room8B, Bookings.Check(Request() with { Lesson = Maths, Room = null }, Board()).Value.Booked.Room);

    [Fact]
    public void Where_the_timetable_knows_no_room_it_is_the_one_asked_for()
    {
        var board = WithOtherRoom with { Days = [new DayFacts(Monday, null) { Lessons = [Lesson(Maths, Slot(10, 5, 60)) with { Room = null }] }] };

        Assert.Equal(OtherRoom, Bookings.Check(Request() with { Lesson = Maths, Room = OtherRoom }, board).Value.Booked.Room);
        Assert.Equal(["booking.room-missing"], Bookings.Check(Request() with { Lesson = Maths, Room = null }, board).Codes());
    }

    [Fact]
    public void A_lessons_room_without_wifi_is_found_out_too()
    {
        var board = Board() with { Days = [new DayFacts(Monday, null) { Lessons = [Lesson(Maths, Slot(10, 5, 60)) with { Room = Hut }] }] };

        Assert.Equal(["booking.room-without-wifi"], Bookings.Check(Request() with { Lesson = Maths, Room = null }, board).Codes());
    }

    [Theory]
    [InlineData(8, 30, false)]
    [InlineData(8, 29, true)]
    [InlineData(17, 0, false)]
    [InlineData(17, 1, true)]
    [InlineData(23, 45, true)] // on until the next day
    public void Outside_lessons_a_session_keeps_to_the_hours_set(int hour, int minute, bool isRefused)
    {
        var board = Board() with { Rules = Rules with { Hours = new SessionHours(new LocalTime(8, 30), new LocalTime(17, 30)) } };

        Assert.Equal(isRefused ? ["booking.outside-hours"] : [], Bookings.Check(Request(Slot(hour, minute)), board).Codes());
    }

    [Fact]
    public void A_lesson_is_when_the_school_has_it()
    {
        var board = Board() with { Days = [new DayFacts(Monday, null) { Lessons = [Lesson(Maths, Slot(19, 0, 60))] }] };

        Assert.False(Bookings.Check(Request(Slot(19, 0)) with { Lesson = Maths }, board).IsRefused);
    }

    [Fact]
    public void Hours_that_end_before_they_begin_can_not_be_set() =>
        Assert.Throws<ArgumentException>(() => new SessionHours(new LocalTime(9, 0), new LocalTime(9, 0)));

    [Fact]
    public void A_week_to_choose_instead_is_named_as_people_say_it()
    {
        var full = Board(Booked(Use() with { Slot = Slot(14, 0) })) with { Plan = Facts(Step(perWeek: 1)) };

        Assert.StartsWith("Choose the week from Monday 16 November 2026,", Bookings.Check(Request(), full).Refusals[0].NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_of_a_plan_before_this_one_take_their_place_in_the_week_too()
    {
        var earlier = Booked(Use() with { Plan = new PlanId(Number(95)), Slot = Slot(14, 0) });

        Assert.Equal(["booking.enough-this-week"], Bookings.Check(Request(), Board(earlier) with { Plan = Facts(Step(perWeek: 1)) }).Codes());
    }

    [Fact]
    public void The_battery_must_last_through_the_whole_day()
    {
        var earlier = Booked(Use() with { Slot = Slot(8, 35), Pupil = OtherPupil, Carrier = OtherCarrier });

        // 45 − 30, an hour at the charger: 25 left.
        Assert.False(Bookings.Check(Request(Slot(10, 5, minutes: 25)), WithBattery with { Sessions = [earlier] }).IsRefused);
        Assert.Equal(["booking.battery-too-short"], Bookings.Check(Request(Slot(10, 5, minutes: 26)), WithBattery with { Sessions = [earlier] }).Codes());
    }

    [Fact]
    public void A_booking_before_another_does_not_use_up_its_battery()
    {
        var later = Booked(Use() with { Slot = Slot(11, 5), Pupil = OtherPupil, Carrier = OtherCarrier });

        Assert.Equal(["booking.battery-too-short"], Bookings.Check(Request(Slot(10, 5, minutes: 30)), WithBattery with { Sessions = [later] }).Codes());
    }

    [Fact]
    public void A_board_of_another_plan_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Bookings.Check(Request() with { Plan = new PlanId(Number(97)) }, Board()));

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    [InlineData(16, true)]
    public void From_the_day_of_a_move_on_the_school_before_books_nothing(int day, bool isRefused)
    {
        var moves = MovedOn(new LocalDate(2026, 11, 9));
        var date = new LocalDate(2026, 11, day);
        var board = Board() with { Schooling = moves, Days = [new DayFacts(date, null)] };

        Assert.Equal(
            isRefused ? ["booking.pupil-elsewhere"] : [],
            Bookings.Check(Request(Slot(10, 5, date: date)) with { By = By(At(8, 0) - Duration.FromDays(7)) }, board).Codes());
    }

    [Fact]
    public void Who_may_carry_for_a_part_of_the_time_is_away_for_the_rest_of_it()
    {
        var around = new Interval(At(0, 0), At(0, 0) + Duration.FromDays(2));
        var mornings = new Assignment(new(Number(80)), Carrier, Role.Teacher, new AccessScope.OneSchool(School), At(8, 0), At(12, 0), By(At(7, 0)));

        Assert.Equal(
            [new Interval(At(0, 0), At(8, 0)), new Interval(At(12, 0), around.End)], CarrierFacts.Of(Carrier, [mornings], School, Plan, around)!.Away);
    }

    [Fact]
    public void Who_has_no_role_there_that_places_robots_carries_none()
    {
        var around = new Interval(At(0, 0), At(0, 0) + Duration.FromDays(2));
        Assignment Give(Role role, AccessScope scope, Instant? until = null) =>
            new(new(Number(80)), Carrier, role, scope, At(0, 0) - Duration.FromDays(9), until, By(At(7, 0)));

        Assert.All(
            [
                Give(Role.Teacher, new AccessScope.OneSchool(new SchoolId(Number(98)))), // another school's
                Give(Role.Parent, new AccessScope.OnePlan(School, Plan)),
                Give(Role.KeyAdult, new AccessScope.OnePlan(School, new PlanId(Number(97)))), // of another pupil
                Give(Role.Teacher, new AccessScope.OneSchool(School), until: At(0, 0) - Duration.FromDays(1)), // has left
            ],
            assignment => Assert.Null(CarrierFacts.Of(Carrier, [assignment], School, Plan, around)));
    }

    private static Schooling MovedOn(LocalDate date) => SchoolingOf(Pupil).Begin(new SchoolId(Number(98)), date, By(At(8, 0))).Value;

    private static List<string> StringsOfTheDomain()
    {
        using var file = new PEReader(File.OpenRead(typeof(Bookings).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var strings = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            strings.Add(metadata.GetUserString(handle));
        return strings;
    }

    [Fact]
    public void An_id_is_not_booked_twice() => Assert.Throws<ArgumentException>(() => Bookings.Check(Request(Slot(14, 0)), Board(Booked(id: 0))));
}
