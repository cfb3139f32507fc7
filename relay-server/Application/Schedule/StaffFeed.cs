using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>A person's own sessions, for a calendar of theirs outside: those that they carry the robot to, teach, or are key adult of.</summary>
/// <remarks>
/// Asked for by a programme, over and over, with nobody there. So it holds what the person sees of their sessions at that moment and no more; once
/// their roles have ended, nothing. Without names it tells where a robot is when, of nobody, and is not noted each time; with names, each look is.
/// </remarks>
public sealed class StaffFeed
{
    /// <summary>How far back and ahead.</summary>
    public const int DaysBefore = 14;

    /// <inheritdoc cref="DaysBefore"/>
    public const int DaysAhead = 180;

    /// <summary>More than anybody has in that time.</summary>
    public const int MostSessions = 1_000;

    private static readonly Refusal NobodyThere = new("feed.nobody", "There is no such calendar.", "Make a new address on your page.");

    private readonly Desk _desk;

    internal StaffFeed(Desk desk) => _desk = desk;

    /// <summary>Whether somebody could have one: they have a role that goes with sessions.</summary>
    public Task<bool> MayHaveAsync(Caller caller, CancellationToken cancellationToken) =>
        _desk.PeekAsync(caller, async work => Staffed(await work.Assignments.OfPersonAsync(caller.Who, cancellationToken)).Count > 0, cancellationToken);

    /// <returns>Refused: they have no role any more that goes with sessions.</returns>
    public async Task<Outcome<OwnSessions>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await _desk.PeekAsync<Outcome<OwnSessions>>(
            caller,
            async work =>
            {
                var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                var schools = Staffed(assignments);
                if (schools.Count == 0) return NobodyThere;
                var sessions = ImmutableArray.CreateBuilder<OwnSession>();
                foreach (var school in schools)
                {
                    if (await work.Schools.FindAsync(school, cancellationToken) is null) continue;
                    var today = await work.TodayAsync(school, _desk.Now, cancellationToken);
                    sessions.AddRange(await OfSchoolAsync(work, caller, school, new DateInterval(today.PlusDays(-DaysBefore), today.PlusDays(DaysAhead)), assignments, cancellationToken));
                }

                return new OwnSessions([.. sessions.OrderBy(own => own.Session.Window.Start).ThenBy(own => own.Session.Id.Value).Take(MostSessions)]);
            },
            cancellationToken);
    }

    /// <summary>This person's own at one school, as far as they may read them now.</summary>
    internal async Task<IEnumerable<OwnSession>> OfSchoolAsync(
        IWork work, Caller caller, SchoolId school, DateInterval days, IReadOnlyCollection<Assignment> assignments, CancellationToken cancellationToken)
    {
        var times = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value;
        var withNames = await work.HasNamesOutsideAsync(school, cancellationToken);
        var kept = await work.Sessions.OfSchoolAsync(school, days, cancellationToken);
        return kept.Where(one => IsOwn(caller.Who, one.Value.Booked, times) && MayRead(assignments, one.Value.Booked, caller.Who))
            .Select(one => new OwnSession(
                one.Value, one.Version, one.ChangedAt, times?.Rooms.FirstOrDefault(room => room.Id == one.Value.Booked.Room)?.Name ?? "", withNames));
    }

    private static bool IsOwn(PersonId who, BookedUse booked, SchoolTimes? times) =>
        booked.Carrier == who || booked.KeyAdult == who || (booked.Lesson is { } lesson && times?.Timetable.Find(lesson.Id)?.Teacher == who);

    /// <remarks>Whoever carries the robot, a technician too, has to know where and when.</remarks>
    private bool MayRead(IReadOnlyCollection<Assignment> assignments, BookedUse booked, PersonId who)
    {
        var about = AccessSubject.OfSession(booked.School, booked.Plan, booked.Room, booked.Slot.Date, who);
        return !AccessPolicy.Check(assignments, Operation.ReadSession, about, _desk.Now).IsRefused
            || (booked.Carrier == who && !AccessPolicy.Check(assignments, Operation.PlaceRobot, about, _desk.Now).IsRefused);
    }

    /// <summary>Schools at which they have a role of staff now: a parent's or an outsider's has no feed.</summary>
    internal List<SchoolId> Staffed(IReadOnlyCollection<Assignment> assignments) =>
    [
        .. assignments.Where(role => role.Role is not (Role.Parent or Role.ExternalProfessional or Role.Administrator) && role.StandingAt(_desk.Now) == AssignmentStanding.InForce)
            .Select(role => role.Scope switch
            {
                AccessScope.OneSchool(var school) => school,
                AccessScope.OnePlan(var school, _) => school,
                _ => (SchoolId?)null,
            }).OfType<SchoolId>().Distinct(),
    ];
}

/// <param name="Sessions">By time.</param>
public sealed record OwnSessions(ImmutableArray<OwnSession> Sessions)
{
    public override string ToString() => nameof(OwnSessions);
}

/// <param name="Version">Rises with each change.</param>
/// <param name="Room">What it is called; empty where it is gone.</param>
/// <param name="WithName">Whether its school has pupils named in calendars outside.</param>
public sealed record OwnSession(ScheduledSession Session, long Version, Instant ChangedAt, string Room, bool WithName)
{
    public override string ToString() => nameof(OwnSession);
}
