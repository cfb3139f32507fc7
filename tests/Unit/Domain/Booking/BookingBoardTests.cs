using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>A board needs no more sessions than it says: with just these the answer is the same as with all there are.</summary>
public sealed class BookingBoardTests
{
    // Three weeks round the clock, with the night of 25 October 2026 in them, whose hour from 1:00 comes twice.
    private static readonly LocalDate FirstMonday = new(2026, 10, 12);
    private static readonly ImmutableArray<string> Robots = ["robot-a", "robot-b"];
    private static readonly ImmutableArray<ScheduledSession> World = [.. Worlds()];

    [Fact]
    public void With_the_sessions_that_it_asks_for_a_board_answers_as_with_all_of_them()
    {
        var board = BoardOf(World);
        foreach (var request in Requests())
        {
            var needed = board with { Sessions = [.. World.Where(session => IsNeeded(session, request, board))] };

            Assert.InRange(needed.Sessions.Length, 0, World.Length / 4);
            Assert.Equal(Bookings.Check(request, board).Refusals, Bookings.Check(request, needed).Refusals);
        }
    }

    /// <summary>Or else the test above could not fail.</summary>
    [Fact]
    public void With_the_sessions_of_the_slot_alone_some_answers_would_differ()
    {
        var board = BoardOf(World);

        Assert.Contains(Requests(), request =>
        {
            var asked = request.Slot.ToInterval(London);
            var slot = board with { Sessions = [.. World.Where(session => session.Holds is { } held && held.Overlaps(asked))] };
            return !Bookings.Check(request, board).Refusals.SequenceEqual(Bookings.Check(request, slot).Refusals);
        });
    }

    [Fact]
    public void A_day_of_the_board_is_the_day_of_calendar_and_timetable()
    {
        var tuesday = Calendar.School.Date(2026, 3, 3);
        var lesson = Calendar.School.Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new LocalTime(10, 5));
        var timetable = Calendar.School.TimetableOf(lesson).MoveRoom(lesson.Id, tuesday, Calendar.School.Hall, Calendar.School.Office).Value;

        var day = DayFacts.Of(tuesday, Calendar.School.TheYear, timetable);

        Assert.Null(day.ClosedBecause);
        Assert.Equal([new LessonFacts(new LessonName(lesson.Id, "Maths"), Slot(10, 5, 60, tuesday), Calendar.School.Hall)], day.Lessons);
    }

    [Fact]
    public void A_closed_day_of_the_board_says_why() => Assert.Equal(
        "INSET day", DayFacts.Of(Calendar.School.Inset.Dates.Start, Calendar.School.TheYear, Calendar.School.TimetableOf()).ClosedBecause);

    // Word for word what BookingBoard's remarks say.
    private static bool IsNeeded(ScheduledSession session, BookingRequest request, BookingBoard board)
    {
        if (session.Holds is not { } held) return false;
        var (booked, date) = (session.Booked, request.Slot.Date);
        var midnight = London.AtStartOfDay(date.PlusDays(1)).ToInstant();
        var day = new Interval(London.AtStartOfDay(date).ToInstant(), Instant.Max(midnight, request.Slot.ToInterval(London).End));
        var isOfThese = booked.RobotName == request.RobotName || booked.Pupil == board.Plan.Pupil || booked.Carrier == request.Carrier;
        var monday = Weeks.MondayOf(date);
        return (isOfThese && held.Overlaps(day, board.Rules.BetweenPupils))
            || (booked.Pupil == board.Plan.Pupil && monday <= booked.Slot.Date && booked.Slot.Date < monday.PlusWeeks(1));
    }

    private static BookingBoard BoardOf(ImmutableArray<ScheduledSession> sessions) => new(
        Facts(Step(perWeek: 6, minutes: 180)), Rules with { Hours = new SessionHours(LocalTime.Midnight, LocalTime.MaxValue) }, London)
    {
        Schooling = SchoolingOf(Pupil),
        Sessions = sessions,
        Days = [.. Enumerable.Range(0, 21).Select(day => new DayFacts(FirstMonday.PlusDays(day), null))],
        Robots = [.. Robots.Select(name => new RobotFacts(name, School) { Battery = new BatteryFacts(Duration.FromMinutes(300), Duration.FromMinutes(30)) })],
        Rooms = [new RoomFacts(Room8B, HoldsWifi: true)],
        Carriers = [new CarrierFacts(Carrier, [])],
    };

#pragma warning disable CA5394 // random cases, not secrets
    private static IEnumerable<ScheduledSession> Worlds()
    {
        var random = new Random(1012);
        for (var number = 0; number < 150; number++)
        {
            var use = Use() with
            {
                Slot = AnySlot(random, 240),
                RobotName = Robots[random.Next(2)],
                Pupil = random.Next(4) == 0 ? Pupil : OtherPupil,
                Carrier = random.Next(3) == 0 ? Carrier : new PersonId(Number(70 + random.Next(3))),
            };
            var session = Booked(use, id: 100 + number);
            yield return random.Next(8) == 0 ? session.Cancel(By(At(8, 5))).Value : session;
        }
    }

    private static IEnumerable<BookingRequest> Requests()
    {
        var random = new Random(1013);
        for (var number = 0; number < 500; number++)
            yield return Request(AnySlot(random, 180)) with { RobotName = Robots[random.Next(2)], By = By(Instant.FromUtc(2026, 10, 1, 8, 0)) };
    }

    private static LocalSlot AnySlot(Random random, int minutes) =>
        Slot(random.Next(24), 5 * random.Next(12), 5 * random.Next(1, minutes / 5), FirstMonday.PlusDays(random.Next(21)));
#pragma warning restore CA5394
}
