using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>What a school has to choose from when a session is booked: rooms, lessons, robots, and people who can carry one.</summary>
public sealed class StaffChoices
{
    private readonly Desk _desk;

    internal StaffChoices(Desk desk) => _desk = desk;

    /// <summary>As the school has them today; whether they are free then is for the booking to say.</summary>
    public async Task<Outcome<BookingChoices>> ForBookingAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadBookings,
            async work =>
            {
                if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var card }) return null;
                var times = await work.SchoolTimes.FindAsync(school, cancellationToken);
                var robots = await work.StationedRobots.OfSchoolAsync(school, cancellationToken);
                var carriers = (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value)
                    .Where(assignment => assignment.StandingAt(_desk.Now) == AssignmentStanding.InForce && assignment.Scope is not AccessScope.RoomOnDay)
                    .Where(assignment => MayCarry(assignment.Role))
                    .Select(assignment => assignment.Who).Append(caller.Who).Distinct();
                List<CarrierChoice> people = [];
                foreach (var who in carriers)
                {
                    if (await work.PersonCards.FindAsync(who, cancellationToken) is { Value: var person }) people.Add(new CarrierChoice(who, person.PreferredName));
                }

                return new Asked<BookingChoices>(
                    new BookingChoices(
                        card.Zone(), times?.Value.Rooms ?? [], times?.Value.Timetable.Lessons ?? [],
                        [.. robots.Where(kept => kept.Value.OutOfServiceBecause is null).Select(kept => kept.Value.RobotName)], [.. people]),
                    AccessSubject.OfSchool(school), $"school {school}");
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<BookingChoices>(refusals);
    }

    private static bool MayCarry(Role role) => AccessTable.Find(Operation.PlaceRobot)?.Rights.Any(right => right.Role == role) is true;
}

/// <param name="Zone">In which the school's times are.</param>
/// <param name="Robots">Names of those that are in service.</param>
public sealed record BookingChoices(
    DateTimeZone Zone, ImmutableArray<SchoolRoom> Rooms, ImmutableArray<Lesson> Lessons, ImmutableArray<string> Robots, ImmutableArray<CarrierChoice> Carriers)
{
    public override string ToString() => nameof(BookingChoices);
}

/// <summary>Somebody who may place a robot.</summary>
public sealed record CarrierChoice(PersonId Who, PersonalText Name)
{
    public override string ToString() => $"person {Who}";
}
