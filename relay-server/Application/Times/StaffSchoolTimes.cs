using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Times;

/// <summary>A school's terms, days off, rooms and timetable: read by its staff, and changed by those who look after them.</summary>
public sealed class StaffSchoolTimes
{
    /// <summary>Sessions so many days ahead are held against a change: no further are any booked.</summary>
    public const int DaysAhead = 400;

    private readonly Desk _desk;

    internal StaffSchoolTimes(Desk desk) => _desk = desk;

    public async Task<Outcome<ReadSchoolTimes>> ReadAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(caller, Operation.ReadCalendar, work => FindAsync(work, caller, school, cancellationToken), cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadSchoolTimes>(refusals);
    }

    /// <summary>The same for somebody who is about to change it: refused to who may only read it, before there is any work.</summary>
    public async Task<Outcome<ReadSchoolTimes>> ReadToChangeAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadCalendar,
            async work => await FindAsync(work, caller, school, cancellationToken) is { } asked ? asked with { AlsoNeeds = Operation.ChangeCalendar } : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadSchoolTimes>(refusals);
    }

    /// <summary>What a change would do, to be shown before it is done. Nothing is changed.</summary>
    public async Task<Outcome<PreviewedTimes>> PreviewAsync(Caller caller, SchoolId school, TimesChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(change);
        Outcome<PreviewedTimes> previewed = RecordRefusals.ChangedMeanwhile;
        var looked = await _desk.LookAsync<ReadSchoolTimes>(
            caller, Operation.ReadCalendar,
            async work =>
            {
                if (await FindAsync(work, caller, school, cancellationToken) is not { } asked) return null;
                if (!asked.Value.MayChange) return asked with { AlsoNeeds = Operation.ChangeCalendar }; // they are turned away, and it is not worked out
                var (present, version) = (asked.Value.Times, asked.Value.Version);
                previewed = change.ApplyTo(present, new Act(caller.Who, _desk.Now)).TryGet(out var next, out var refusals)
                    ? new PreviewedTimes(
                        present, next, version, await HitAsync(work, present, next, cancellationToken), await MayAsync(work, caller, Operation.ReadBookings, school))
                    : Outcome.Refused<PreviewedTimes>(refusals);
                return asked with { AlsoNeeds = Operation.ChangeCalendar };
            },
            cancellationToken);
        return looked.TryGet(out _, out var turnedAway) ? previewed : Outcome.Refused<PreviewedTimes>(turnedAway);
    }

    /// <summary>Changes the times. Sessions stay as they are booked: who changes it has to have seen which of them no longer fit.</summary>
    public Task<Outcome<ReadSchoolTimes>> ChangeAsync(Caller caller, TimesChangeRequest request, TimesChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(change);
        var school = request.School;
        return _desk.ChangeAsync<ReadSchoolTimes, ReadSchoolTimes>(
            caller, Operation.ChangeCalendar, request.Why, [Claim.On(school)],
            work => FindAsync(work, caller, school, cancellationToken),
            async (work, read, act) =>
            {
                if (request.Seen != read.Version) return RecordRefusals.ChangedMeanwhile;
                if (!change.ApplyTo(read.Times, act).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadSchoolTimes>>(refusals);
                var hit = await HitAsync(work, read.Times, next, cancellationToken);
                if (!hit.All(session => request.Known.Contains(session.Session.Id))) return TimesRefusals.SessionsHit(hit.Length);
                if (await work.SchoolTimes.FindAsync(school, cancellationToken) is { } kept) work.SchoolTimes.Replace(kept, next);
                else work.SchoolTimes.Add(next);
                return new Done<ReadSchoolTimes>(read with { Times = next, Version = read.Version + 1 }, change.ToAudit(read.Times));
            },
            cancellationToken);
    }

    private async Task<Asked<ReadSchoolTimes>?> FindAsync(IWork work, Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var card }) return null;
        var kept = await work.SchoolTimes.FindAsync(school, cancellationToken);
        var times = kept?.Value ?? SchoolTimes.Empty(school, card.Zone());
        var changedBy = kept is null ? null : await work.PersonCards.FindAsync(kept.ChangedBy, cancellationToken);
        var read = new ReadSchoolTimes(
            school, times, kept?.Version ?? 0, times.Calendar.DateAt(_desk.Now), await TeachersAsync(work, school, times, cancellationToken),
            await MayAsync(work, caller, Operation.ChangeCalendar, school))
        {
            ChangedOn = kept is null ? null : times.Calendar.DateAt(kept.ChangedAt),
            ChangedBy = changedBy?.Value.PreferredName,
        };
        return new Asked<ReadSchoolTimes>(read, AccessSubject.OfSchool(school), $"school {school}");
    }

    /// <summary>Who could be named as a lesson's teacher, and who is.</summary>
    private async Task<ImmutableArray<PersonChoice>> TeachersAsync(IWork work, SchoolId school, SchoolTimes times, CancellationToken cancellationToken)
    {
        var staff = (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value)
            .Where(role => role is { Role: Role.Teacher or Role.Sendco, Scope: AccessScope.OneSchool } && role.StandingAt(_desk.Now) == AssignmentStanding.InForce)
            .Select(role => role.Who);
        var named = times.Timetable.Lessons.Select(lesson => lesson.Teacher).OfType<PersonId>();
        var cards = await work.PersonCards.FindAllAsync([.. staff.Concat(named).Distinct()], cancellationToken);
        return
        [
            .. cards.Select(card => new PersonChoice(card.Value.Id, card.Value.PreferredName))
                .OrderBy(person => person.Name.Text, StringComparer.OrdinalIgnoreCase).ThenBy(person => person.Who.Value),
        ];
    }

    private async Task<ImmutableArray<HitSession>> HitAsync(IWork work, SchoolTimes before, SchoolTimes after, CancellationToken cancellationToken)
    {
        var today = before.Calendar.DateAt(_desk.Now);
        List<ScheduledSession> sessions = [];
        await foreach (var session in work.Sessions.EachOfSchoolAsync(before.School, new DateInterval(today, today.PlusDays(DaysAhead)), cancellationToken))
            sessions.Add(session);
        return TimesCheck.Hit(sessions, before, after);
    }

    private async Task<bool> MayAsync(IWork work, Caller caller, Operation operation, SchoolId school) =>
        !AccessPolicy.Check(
            await work.Assignments.OfPersonAsync(caller.Who, CancellationToken.None), operation, AccessSubject.OfSchool(school), _desk.Now).IsRefused;
}

/// <summary>What goes with every change of a school's times.</summary>
/// <param name="Seen">The version that was on the person's page; 0: nothing was entered yet.</param>
/// <param name="Why">In the person's words; may be empty.</param>
/// <param name="Known">The sessions that they have been told no longer fit then.</param>
public sealed record TimesChangeRequest(SchoolId School, long Seen, string Why, ImmutableHashSet<Domain.Sessions.ScheduledSessionId> Known)
{
    public override string ToString() => nameof(TimesChangeRequest);
}

/// <summary>A school's times as somebody reads them.</summary>
/// <param name="Version">To be given back with a change; 0: nothing has been entered yet.</param>
/// <param name="Today">By the school's clocks.</param>
/// <param name="Teachers">Who can be named as a lesson's teacher, by name.</param>
/// <param name="MayChange">So that a page offers no more.</param>
public sealed record ReadSchoolTimes(
    SchoolId School, SchoolTimes Times, long Version, LocalDate Today, ImmutableArray<PersonChoice> Teachers, bool MayChange)
{
    /// <summary>Null: nothing has been entered yet.</summary>
    public LocalDate? ChangedOn { get; init; }

    /// <summary>Null: no card names them.</summary>
    public PersonalText? ChangedBy { get; init; }

    public override string ToString() => nameof(ReadSchoolTimes);
}

/// <summary>What a change would do.</summary>
/// <param name="Version">Of the times that it was held against.</param>
/// <param name="Hit">Sessions that would no longer fit.</param>
/// <param name="MaySeeSessions">Whether more may be shown of them than how many they are.</param>
public sealed record PreviewedTimes(SchoolTimes Present, SchoolTimes Next, long Version, ImmutableArray<HitSession> Hit, bool MaySeeSessions)
{
    public override string ToString() => nameof(PreviewedTimes);
}
