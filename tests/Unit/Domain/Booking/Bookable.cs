using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>A school on Monday 9 November 2026 in which one booking can be made: 10:05 to 10:35, in 8B maths.</summary>
internal static class Bookable
{
    public static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    public static readonly LocalDate Monday = new(2026, 11, 9);
    public static readonly SessionRules Rules = SessionRules.Default;

    public static readonly SchoolId School = new(Number(1));
    public static readonly PupilId Pupil = new(Number(2));
    public static readonly PupilId OtherPupil = new(Number(3));
    public static readonly PersonId KeyAdult = new(Number(4));
    public static readonly PersonId Carrier = new(Number(5));
    public static readonly PersonId OtherCarrier = new(Number(6));
    public static readonly PlanId Plan = new(Number(7));
    public static readonly StepId Rung = new(Number(8));

    public static readonly RoomId Room8B = new(Number(9));
    public static readonly RoomId Hut = new(Number(10));
    public static readonly LessonId Maths = new(Number(11));
    public static readonly LessonId Art = new(Number(12));

    public static readonly CapabilitySet SeeAndHear = new(Capability.See | Capability.Hear);
    public static readonly Instant Start = At(10, 5);
    public static readonly Instant End = At(10, 35);

    public static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    public static ScheduledSessionId Id(int number) => new(Number(1000 + number));

    /// <summary>On the Monday; it is winter, and London's clocks show UTC.</summary>
    public static Instant At(int hour, int minute, int second = 0) => Instant.FromUtc(2026, 11, 9, hour, minute, second);

    public static Act By(Instant at) => new(KeyAdult, at);

    public static LocalSlot Slot(int hour, int minute, int minutes = 30, LocalDate? date = null) =>
        new(date ?? Monday, new LocalTime(hour, minute), Duration.FromMinutes(minutes));

    public static Step Step(CapabilitySet? capabilities = null, bool asksParent = false, int perWeek = 3, int minutes = 60, StepId? id = null) =>
        new(id ?? Rung, "Listening to maths", 3, Duration.FromMinutes(minutes), perWeek, "8B", "Nobody new", new RobotUse(capabilities ?? SeeAndHear, asksParent));

    public static Step StepInPerson() => new(Rung, "Meeting in the garden", 2, Duration.FromMinutes(60), 3, "Garden", "The key adult", robot: null);

    public static PlanFacts Facts(Step? step = null) => new(Plan, Pupil, School, KeyAdult, IsActive: true, step ?? Step());

    public static BookingBoard Board(params ImmutableArray<ScheduledSession> sessions) => new(Facts(), Rules, London)
    {
        Schooling = SchoolingOf(Pupil),
        Sessions = sessions,
        Days = [Day(Monday)],
        Robots = [new("robot-a", School), new("robot-b", School)],
        Rooms = [new(Room8B, HoldsWifi: true), new(Hut, HoldsWifi: false)],
        Carriers = [new(Carrier, []), new(OtherCarrier, [])],
    };

    public static Schooling SchoolingOf(PupilId pupil) => new(pupil, [new Placement(School, new LocalDate(2026, 9, 1), until: null, By(At(8, 0)))]);

    public static DayFacts Day(LocalDate date) => new(date, ClosedBecause: null) { Lessons = [Lesson(Maths, Slot(10, 5, 60, date))] };

    public static LessonFacts Lesson(LessonId id, LocalSlot slot) => new(new LessonName(id, id == Maths ? "8B maths" : "8B"), slot, Room8B);

    public static BookingRequest Request(LocalSlot? slot = null) => new(
        Id(0), Plan, Rung, Lesson: null, Room8B, slot ?? Slot(10, 5), London, PupilLocation.Home, Carrier, "robot-a", By(At(8, 0)));

    public static BookedUse Use(bool asksParent = false) => new(
        School, Pupil, Plan, Rung, SeeAndHear, asksParent, Lesson: null, Room8B, Slot(10, 5), London, PupilLocation.Home, Carrier, "robot-a", KeyAdult);

    public static AgreedTo ToIt { get; } = new AgreedTo.Session(Id(1));

    public static Agreement PupilSaysYes { get; } = new(Pupil.ToString(), AgreementCapacity.Pupil, ToIt, At(8, 10), AgreementManner.Page, "Okay");

    public static Agreement ParentSaysYes { get; } = new("parent-1", AgreementCapacity.Parent, ToIt, At(8, 20), AgreementManner.Call);

    public static SaidNo PupilSaysNo { get; } = new(Pupil.ToString(), AgreementCapacity.Pupil, At(8, 30), AgreementManner.Page);

    /// <summary>The robot that <see cref="Use"/> books, where it belongs.</summary>
    public static StationedRobot Stationed { get; } = new("robot-a", School);

    public static RobotCheck AllWell { get; } = new("robot-a", BatteryLasts: true, WifiHolds: true, SoundIsHeard: true);

    public static ScheduledSession Booked(BookedUse? use = null, int id = 1) => new(Id(id), use ?? Use(), new SessionHistory(By(At(8, 0))));

    /// <summary>The session at 10:05 brought to a state by what leads there.</summary>
    public static ScheduledSession In(SessionState state, BookedUse? use = null) => state switch
    {
        SessionState.Proposed => Booked(use),
        SessionState.Agreed => In(SessionState.Proposed, use).Agree(PupilSaysYes).Value,
        SessionState.Ready => In(SessionState.Agreed, use).Place(AllWell, Stationed, By(At(10, 0)), Rules).Value,
        SessionState.Live => In(SessionState.Ready, use).Join("tablet-1", At(10, 6)).Value,
        SessionState.Ended => In(SessionState.Live, use).End(By(At(10, 34))).Value,
        SessionState.Reflected => In(SessionState.Ended, use).Reflect(new Reflection.OfPupil(Pupil, At(11, 0))).Value,
        SessionState.Declined => In(SessionState.Proposed, use).Decline(PupilSaysNo).Value,
        SessionState.Cancelled => In(SessionState.Proposed, use).Cancel(By(At(9, 0))).Value,
        SessionState.Missed => In(SessionState.Agreed, use).OnTime(End, Rules).Session,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static IEnumerable<string> Codes<T>(this AV1Relay.Domain.Refusals.Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}
