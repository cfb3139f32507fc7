using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Crowded weeks, booked at random (fixed seed), held against counting minutes one by one.</summary>
public sealed class BookingPropertyTests
{
    // A request, the board that it met, and what came of it.
    private sealed record Meeting(BookingRequest Request, BookingBoard Board, ImmutableArray<Refusal> Refusals)
    {
        public bool IsBooked => Refusals.IsEmpty;

        public IEnumerable<string> Codes => Refusals.Select(refusal => refusal.Code);
    }

    private const int Weeks = 40;
    private const int RequestsPerWeek = 120;

    private static readonly ImmutableArray<PupilId> Pupils = [.. Enumerable.Range(20, 4).Select(number => new PupilId(Number(number)))];
    private static readonly ImmutableArray<PersonId> Carriers = [.. Enumerable.Range(30, 3).Select(number => new PersonId(Number(number)))];
    private static readonly ImmutableArray<string> Robots = ["robot-a", "robot-b", "robot-c"];

    private static readonly ImmutableArray<Meeting> Met = [.. MeetAll()];

    [Fact]
    public void The_weeks_are_crowded_enough_to_try_everything()
    {
        string[] expected =
        [
            "booking.battery-too-short", "booking.carrier-busy", "booking.enough-this-week", "booking.pupil-busy", "booking.robot-rests", "booking.robot-taken",
        ];

        Assert.Equal(expected, Met.SelectMany(met => met.Codes).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(Met.Count(met => met.IsBooked), Weeks * 5, Weeks * RequestsPerWeek / 2);
    }

    [Fact]
    public void No_accepted_booking_overlaps_for_robot_pupil_or_carrier() => Assert.All(
        Met.Where(met => met.IsBooked),
        met => Assert.False(SharesMinute(met, IsRobots, rest: 10) || SharesMinute(met, IsPupils) || SharesMinute(met, IsCarriers)));

    [Fact]
    public void A_robot_is_refused_exactly_when_it_is_taken() =>
        Assert.All(Met, met => Assert.Equal(SharesMinute(met, IsRobots), met.Codes.Contains("booking.robot-taken")));

    [Fact]
    public void A_robot_rests_exactly_when_it_is_not_taken_and_another_pupil_is_near() => Assert.All(
        Met, met => Assert.Equal(!SharesMinute(met, IsRobots) && SharesMinute(met, IsRobots, rest: 10), met.Codes.Contains("booking.robot-rests")));

    [Fact]
    public void A_pupil_is_refused_exactly_when_busy() =>
        Assert.All(Met, met => Assert.Equal(SharesMinute(met, IsPupils), met.Codes.Contains("booking.pupil-busy")));

    [Fact]
    public void A_carrier_is_refused_exactly_when_busy() =>
        Assert.All(Met, met => Assert.Equal(SharesMinute(met, IsCarriers), met.Codes.Contains("booking.carrier-busy")));

    [Fact]
    public void A_week_is_refused_exactly_when_it_is_full() => Assert.All(Met, met =>
    {
        var inWeek = met.Board.Sessions.Count(session => session.Booked.Pupil == met.Board.Plan.Pupil);
        Assert.Equal(inWeek >= met.Board.Plan.CurrentStep.SessionsPerWeek, met.Codes.Contains("booking.enough-this-week"));
    });

    [Fact]
    public void A_battery_is_refused_exactly_when_the_minutes_of_the_day_drain_it() =>
        Assert.All(Met, met => Assert.Equal(DrainsByMinutes(met.Request, met.Board), met.Codes.Contains("booking.battery-too-short")));

    [Fact]
    public void A_time_that_is_offered_is_free() => Assert.All(Met, met =>
    {
        foreach (var (code, offer) in met.Refusals.Select(refusal => (refusal.Code, OfferIn(refusal))))
        {
            if (offer is not { } time) continue;
            var later = met with { Request = met.Request with { Slot = new LocalSlot(met.Request.Slot.Date, time, met.Request.Slot.Duration) } };
            Assert.False(code switch
            {
                "booking.pupil-busy" => SharesMinute(later, IsPupils),
                "booking.carrier-busy" => SharesMinute(later, IsCarriers),
                _ => SharesMinute(later, IsRobots, rest: 10),
            });
        }
    });

    private static IEnumerable<Meeting> MeetAll()
    {
#pragma warning disable CA5394 // random cases, not secrets
        var random = new Random(20261109);
        for (var week = 0; week < Weeks; week++)
        {
            var sessions = ImmutableArray<ScheduledSession>.Empty;
            for (var number = 0; number < RequestsPerWeek; number++)
            {
                var pupil = random.Next(Pupils.Length);
                var date = Monday.PlusDays(random.Next(5));
                var slot = new LocalSlot(date, new LocalTime(9, 0).PlusMinutes(5 * random.Next(72)), Duration.FromMinutes(5 * random.Next(1, 13)));
                var board = BoardOf(pupil, sessions);
                var request = Request(slot) with
                {
                    Id = Id(number),
                    Plan = board.Plan.Plan,
                    RobotName = Robots[random.Next(Robots.Length)],
                    Carrier = Carriers[random.Next(Carriers.Length)],
                };
                var outcome = Bookings.Check(request, board);
                yield return new Meeting(request, board, [.. outcome.Refusals]);
                if (!outcome.TryGet(out var session, out _)) continue;

                // Now and then one is called off, and holds nothing from then on.
                sessions = sessions.Add(session);
                if (random.Next(6) == 0) sessions = sessions.RemoveAt(random.Next(sessions.Length));
            }
        }
#pragma warning restore CA5394
    }

    private static BookingBoard BoardOf(int pupil, ImmutableArray<ScheduledSession> sessions) => new(
        new PlanFacts(new PlanId(Number(40 + pupil)), Pupils[pupil], School, KeyAdult, IsActive: true, Step(perWeek: 4)), Rules, London)
    {
        Schooling = SchoolingOf(Pupils[pupil]),
        Sessions = sessions,
        Days = [.. Enumerable.Range(0, 5).Select(day => new DayFacts(Monday.PlusDays(day), null))],
        Robots = [.. Robots.Select(name => new RobotFacts(name, School) { Battery = new BatteryFacts(Duration.FromMinutes(90), Duration.FromMinutes(30)) })],
        Rooms = [new RoomFacts(Room8B, HoldsWifi: true)],
        Carriers = [.. Carriers.Select(carrier => new CarrierFacts(carrier, []))],
    };

    private static LocalTime? OfferIn(Refusal refusal)
    {
        const string Words = "Free from ";
        var at = refusal.NextStep.IndexOf(Words, StringComparison.Ordinal);
        return at < 0 ? null : LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(refusal.NextStep.Substring(at + Words.Length, 5)).Value;
    }

    private static bool IsRobots(ScheduledSession session, BookingRequest request, PupilId pupil) => session.Booked.RobotName == request.RobotName;

    private static bool IsPupils(ScheduledSession session, BookingRequest request, PupilId pupil) => session.Booked.Pupil == pupil;

    private static bool IsCarriers(ScheduledSession session, BookingRequest request, PupilId pupil) => session.Booked.Carrier == request.Carrier;

    private static bool SharesMinute(
        Meeting met,
        Func<ScheduledSession, BookingRequest, PupilId, bool> concerns, int rest = 0)
    {
        var asked = Minutes(met.Request.Slot, 0).ToHashSet();
        return met.Board.Sessions.Any(session => concerns(session, met.Request, met.Board.Plan.Pupil)
            && Minutes(session.Booked.Slot, session.Booked.Pupil == met.Board.Plan.Pupil ? 0 : rest).Any(asked.Contains));
    }

    // Numbered from Monday's midnight on.
    private static IEnumerable<int> Minutes(LocalSlot slot, int rest)
    {
        var start = Period.Between(Monday, slot.Date, PeriodUnits.Days).Days * 1440 + slot.Start.Hour * 60 + slot.Start.Minute;
        return Enumerable.Range(start - rest, (int)slot.Duration.TotalMinutes + 2 * rest);
    }

    // In half minutes of running time: a minute in a session takes two, a minute at the charger gives one back, up to full.
    // Where two sessions overlap, which another refusal forbids, both drain it.
    private static bool DrainsByMinutes(BookingRequest request, BookingBoard board)
    {
        var slots = board.Sessions.Where(session => session.Booked.RobotName == request.RobotName).Select(session => session.Booked.Slot)
            .Where(slot => slot.Date == request.Slot.Date).Append(request.Slot).ToList();
        var running = slots.SelectMany(slot => Minutes(slot, 0)).CountBy(minute => minute).ToDictionary();
        var left = 180;
        for (var minute = running.Keys.Min(); minute <= running.Keys.Max(); minute++)
        {
            left = running.TryGetValue(minute, out var sessions) ? left - 2 * sessions : Math.Min(180, left + 1);
            if (left < 0) return true;
        }

        return false;
    }
}
