using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>Puts together what a booking is checked against: no more than <see cref="BookingBoard"/> asks for.</summary>
internal static class Boards
{
    /// <param name="robots">Which robots could be used; null: all of the school's.</param>
    public static async Task<BookingBoard> BoardAsync(
        this IWork work, SupportPlan plan, DateInterval days, ImmutableArray<string>? robots, ImmutableArray<PersonId> carriers,
        CancellationToken cancellationToken)
    {
        var settings = await work.SettingsAsync(cancellationToken);
        var zone = await work.ZoneAsync(plan.School, cancellationToken);
        var times = (await work.SchoolTimes.FindAsync(plan.School, cancellationToken))?.Value;
        var stationed = await work.FindRobotsAsync(plan.School, robots, cancellationToken);
        var weeks = new DateInterval(Weeks.MondayOf(days.Start), Weeks.MondayOf(days.End).PlusDays(6));
        var around = new DateInterval(days.Start.PlusDays(-1), days.End.PlusDays(1));
        var sessions = await work.Sessions.ForBookingAsync(
            plan.Pupil, Union(weeks, around), [.. stationed.Select(robot => robot.Name)], carriers, around, cancellationToken);
        return new BookingBoard(await work.FactsAsync(plan, settings, cancellationToken), settings.Sessions, zone)
        {
            Schooling = await work.SchoolingAsync(plan.Pupil, cancellationToken),
            Sessions = [.. sessions],
            Days = times is null ? [] : [.. days.Select(date => DayFacts.Of(date, times.Calendar, times.Timetable))],
            Robots = stationed,
            Rooms = times is null ? [] : [.. times.Rooms.Select(RoomFacts.Of)],
            Carriers = [.. await work.FindCarriersAsync(plan, carriers, IntervalOf(around, zone), cancellationToken)],
        };
    }

    private static async Task<List<CarrierFacts>> FindCarriersAsync(
        this IWork work, SupportPlan plan, ImmutableArray<PersonId> carriers, Interval around, CancellationToken cancellationToken)
    {
        var found = new List<CarrierFacts>(carriers.Length);
        foreach (var carrier in carriers.Distinct())
        {
            var assignments = await work.Assignments.OfPersonAsync(carrier, cancellationToken);
            if (CarrierFacts.Of(carrier, assignments, plan.School, plan.Id, around) is { } facts) found.Add(facts);
        }

        return found;
    }

    /// <summary>Those that are stationed somewhere and are let in: one that was removed would fail in the lesson.</summary>
    private static async Task<ImmutableArray<RobotFacts>> FindRobotsAsync(
        this IWork work, SchoolId school, ImmutableArray<string>? names, CancellationToken cancellationToken)
    {
        var stationed = names is { } named
            ? await work.StationedRobots.FindAllAsync(named, cancellationToken)
            : await work.StationedRobots.OfSchoolAsync(school, cancellationToken);
        var enrolled = (await work.EnrolledRobots.FindAllAsync([.. stationed.Select(kept => kept.Value.RobotName)], cancellationToken))
            .Where(robot => !robot.IsRemoved).Select(robot => robot.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. stationed.Select(kept => kept.Value).Where(robot => enrolled.Contains(robot.RobotName))
                .OrderBy(robot => robot.RobotName, StringComparer.Ordinal).Select(robot => robot.ToFacts()),
        ];
    }

    private static Interval IntervalOf(DateInterval days, DateTimeZone zone) =>
        new(zone.AtStartOfDay(days.Start).ToInstant(), zone.AtStartOfDay(days.End.PlusDays(1)).ToInstant());

    private static DateInterval Union(DateInterval one, DateInterval other) =>
        new(LocalDate.Min(one.Start, other.Start), LocalDate.Max(one.End, other.End));
}
