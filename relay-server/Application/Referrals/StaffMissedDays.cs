using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Referrals;

/// <summary>Half days that a pupil missed, copied from the school's register by a person; counted, with a prompt and no decision (domain rule 6).</summary>
public sealed class StaffMissedDays
{
    private readonly PlanDesk _desk;

    internal StaffMissedDays(Desk desk) => _desk = new PlanDesk(desk);

    /// <summary>Those of this academic year.</summary>
    public async Task<Outcome<ReadMissedDays>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ReadMissedDays>(
            caller, Operation.ReadMissedDays, id,
            async (work, plan, now) =>
            {
                var may = await work.MayAsync(caller, plan, now, cancellationToken, Operation.RecordMissedDays);
                if (await work.YearAsync(plan, now, cancellationToken) is not { } year)
                    return new ReadMissedDays(plan.School, plan.Id, plan.Pupil, null, null, [], 0, may);
                var kept = await work.Missed.FindAsync((plan.Pupil, year.Now.Dates.Start), cancellationToken);
                var count = await work.CountAsync(plan, year, cancellationToken);
                var prompt = ReferralPrompt.For(count, (await work.SettingsAsync(cancellationToken)).Prompts);
                return new ReadMissedDays(plan.School, plan.Id, plan.Pupil, count, prompt, kept?.Value.Sessions ?? [], kept?.Version ?? 0, may);
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadMissedDays>(refusals);
    }

    /// <summary>Enters half days of this academic year, or takes out what was entered by mistake.</summary>
    /// <param name="seen">The version that was on the person's page; 0 before the first.</param>
    /// <param name="why">Needed to take out or to change what is there.</param>
    public Task<Outcome<MissedSessions>> RecordAsync(Caller caller, PlanId id, long seen, EnteredDays entered, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entered);
        return _desk.ChangeAsync<MissedSessions>(
            caller, Operation.RecordMissedDays, id, why,
            async (work, plan, act) =>
            {
                if (await work.YearAsync(plan, act.At, cancellationToken) is not { } year) return NoCalendar;
                if (!year.Now.Dates.Contains(entered.Days) || entered.Days.End > year.Today) return NotThisYear;
                var kept = await work.Missed.FindAsync((plan.Pupil, year.Now.Dates.Start), cancellationToken);
                if (kept is null ? seen != 0 : kept.Version != seen) return RecordRefusals.ChangedMeanwhile;
                List<RegistrationSession> halves = [.. year.Calendar.RegistrationSessions(entered.Days).Where(half => entered.Half is null || half.Half == entered.Half)];
                if (halves.Count == 0) return NoSchoolDay;

                var before = kept?.Value.Sessions ?? [];
                var others = before.Where(missed => !halves.Contains(missed.Session)).ToList();
                var isCorrection = others.Count < before.Length;
                if (entered.ForHealthReason is null && !isCorrection) return NothingThere;
                var added = entered.ForHealthReason is { } forHealth ? halves.Select(half => new MissedSession(half, forHealth)) : [];
                var next = new MissedSessions(
                    plan.Pupil, year.Now, [.. others.Concat(added).OrderBy(missed => missed.Session.Date).ThenBy(missed => missed.Session.Half)]);
                AuditedValue[] values =
                [
                    AuditedValue.KeptWithRecord("missed half days", (int?)kept?.Version, (int?)kept?.Version + 1 ?? 1),
                    AuditedValue.Written("half days", Number(before.Length), Number(next.Sessions.Length)),
                ];
                if (isCorrection && !AuditChange.Correction(Slug, $"plan {plan.Id}", act, values).TryGet(out _, out var refusals))
                    return Outcome.Refused<Done<MissedSessions>>(refusals);
                if (kept is null) work.Missed.Add(next);
                else work.Missed.Replace(kept, next);
                return new Done<MissedSessions>(next, values);
            },
            cancellationToken);
    }

    private static AuditSlug Slug => AuditedOperations.Find(Operation.RecordMissedDays)!; // it is recorded

    private static Refusal NoCalendar { get; } = new(
        "missed-days.no-calendar", "The school's calendar is not entered, so nobody can say which days were school days.", "Have the terms entered first.");

    private static Refusal NotThisYear { get; } = new(
        "missed-days.not-this-year", "Those days are not all in this academic year, up to today.", "Choose days from the first day of the year up to today.");

    private static Refusal NoSchoolDay { get; } = new("missed-days.no-school-day", "There is no school day among them.", "Look at the days again.");

    private static Refusal NothingThere { get; } = new("missed-days.nothing-there", "None of those half days is entered.", "Look at the list again.");

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Days as somebody copies them from the register.</summary>
/// <param name="Days">First and last day included; days on which the school was closed don't count.</param>
/// <param name="Half">Null: morning and afternoon.</param>
/// <param name="ForHealthReason">Null: they were not missed, and are taken out.</param>
public sealed record EnteredDays(DateInterval Days, RegistrationHalf? Half, bool? ForHealthReason);

/// <param name="Count">Null while the school's calendar is not entered.</param>
/// <param name="Prompt">Null where there is nothing to prompt about.</param>
/// <param name="Sessions">Of this academic year, the earliest first.</param>
/// <param name="Version">To be given back with a change; 0 before the first.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadMissedDays(
    SchoolId School, PlanId Plan, PupilId Pupil, MissedDays? Count, ReferralPrompt? Prompt, ImmutableArray<MissedSession> Sessions, long Version,
    FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadMissedDays);
}
