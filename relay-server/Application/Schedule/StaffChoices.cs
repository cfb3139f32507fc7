using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
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
                var enrolled = (await work.EnrolledRobots.FindAllAsync([.. robots.Select(kept => kept.Value.RobotName)], cancellationToken))
                    .Where(robot => !robot.IsRemoved).Select(robot => robot.Name).ToHashSet(StringComparer.Ordinal);
                var carriers = (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value)
                    .Where(assignment => assignment.StandingAt(_desk.Now) == AssignmentStanding.InForce && assignment.Scope is not AccessScope.RoomOnDay)
                    .Where(assignment => MayCarry(assignment.Role))
                    .Select(assignment => assignment.Who).Append(caller.Who).Distinct();
                List<PersonChoice> people = [];
                foreach (var who in carriers)
                {
                    if (await work.PersonCards.FindAsync(who, cancellationToken) is { Value: var person }) people.Add(new PersonChoice(who, person.PreferredName));
                }

                return new Asked<BookingChoices>(
                    new BookingChoices(
                        card.Zone(), times?.Value.Rooms ?? [], times?.Value.Timetable.Lessons ?? [],
                        [.. robots.Where(kept => kept.Value.OutOfServiceBecause is null && enrolled.Contains(kept.Value.RobotName)).Select(kept => kept.Value.RobotName)],
                        [.. people]),
                    AccessSubject.OfSchool(school), $"school {school}");
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<BookingChoices>(refusals);
    }

    /// <summary>The pupil's parents and carers, for who writes down an answer of theirs: the others learn from it who speaks for the pupil.</summary>
    public async Task<Outcome<ParentChoices>> ParentsAsync(Caller caller, ScheduledSessionId session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadSession,
            async work =>
            {
                if (await work.Sessions.FindAsync(session, cancellationToken) is not { Value.Booked: var booked }) return null;
                var parents = await work.ParentsAsync(booked, _desk.Now, cancellationToken);
                List<PersonChoice> people = [];
                foreach (var who in parents.Who)
                {
                    if (await work.PersonCards.FindAsync(who, cancellationToken) is { Value: var person }) people.Add(new PersonChoice(who, person.PreferredName));
                }

                return new Asked<ParentChoices>(new ParentChoices([.. people]), await work.SubjectOfAsync(booked, cancellationToken), $"session {session}")
                {
                    AlsoNeeds = Operation.RecordAgreementToSession,
                };
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ParentChoices>(refusals);
    }

    private static bool MayCarry(Role role) => AccessTable.Find(Operation.PlaceRobot)?.Rights.Any(right => right.Role == role) is true;
}

/// <param name="Zone">In which the school's times are.</param>
/// <param name="Robots">Names of those that are in service.</param>
public sealed record BookingChoices(
    DateTimeZone Zone, ImmutableArray<SchoolRoom> Rooms, ImmutableArray<Lesson> Lessons, ImmutableArray<string> Robots, ImmutableArray<PersonChoice> Carriers)
{
    public override string ToString() => nameof(BookingChoices);
}

public sealed record ParentChoices(ImmutableArray<PersonChoice> Parents)
{
    public override string ToString() => nameof(ParentChoices);
}

/// <summary>Somebody to be chosen, with what they are called.</summary>
public sealed record PersonChoice(PersonId Who, PersonalText Name)
{
    public override string ToString() => $"person {Who}";
}
