using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Settings;

/// <summary>The limits of the authority, and what is set for one school: read by those who work within them, changed by those who answer for them.</summary>
public sealed class StaffSettings
{
    private const int YearsAhead = 2;
    private const int YearsBefore = 2;

    private static readonly Refusal WhyMissing = new("settings.why-missing", "A change of settings is kept with its reason.", "Say in a few words why it is changed. Name nobody.");

    private readonly Desk _desk;

    internal StaffSettings(Desk desk) => _desk = desk;

    public async Task<Outcome<ReadSettings>> ReadAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadAuthoritySettings,
            async work => await FindAsync(work, caller, school, cancellationToken) is { } read
                ? new Asked<ReadSettings>(read, AccessSubject.OfSchool(school), $"school {school}")
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadSettings>(refusals);
    }

    /// <param name="seen">The version of the settings that was on the person's page; 0: none had been set.</param>
    /// <param name="values">By the codes of <see cref="AuthorityLimits"/>.</param>
    /// <param name="arrangementsSource">Where the limits of reduced timetables come from.</param>
    /// <param name="hours">From when until when a session outside lessons may be.</param>
    /// <param name="why">Needed.</param>
    public Task<Outcome<AuthoritySettings>> ChangeLimitsAsync(
        Caller caller, long seen, IReadOnlyDictionary<string, int?> values, string arrangementsSource, (LocalTime From, LocalTime Until) hours, string why,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ChangeAuthoritySettings, seen, why,
            before =>
            {
                if (TextLimits.WhyNot(arrangementsSource) is { } tooLong) return tooLong;
                var (limits, within) = (AuthorityLimits.Change(before, values, arrangementsSource), SessionHours.Enter(hours.From, hours.Until));
                if (!limits.TryGet(out var next, out var refusals) | !within.TryGet(out var open, out var more)) return Outcome.Refused<Changed>([.. refusals, .. more]);
                next = next! with { Sessions = next.Sessions with { Hours = open! } }; // neither was refused
                List<AuditedValue> audited =
                [
                    .. AuthorityLimits.All.Where(limit => limit.Of(before) != limit.Of(next))
                        .Select(limit => AuditedValue.Written(limit.Code, Text(limit.Of(before)), Text(limit.Of(next)))),
                ];
                if (before.Sessions.Hours != open) audited.Add(AuditedValue.Written("hours outside lessons", Text(before.Sessions.Hours), Text(open!)));
                if (before.Arrangements.Source != next.Arrangements.Source)
                    audited.Add(AuditedValue.Written("source of arrangement limits", before.Arrangements.Source, next.Arrangements.Source));
                return new Changed(next, audited);
            },
            cancellationToken);

    /// <summary>Sets how long one class of data is kept, from the next run on. Its source is the reason.</summary>
    /// <param name="seen">As for the limits.</param>
    public Task<Outcome<AuthoritySettings>> ChangeRetentionAsync(Caller caller, long seen, RetentionRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return ChangeAsync(
            caller, Operation.ChangeRetention, seen, rule.Source,
            before => before.Retention.Change(rule).TryGet(out var retention, out var refusals)
                ? new Changed(
                    before with { Retention = retention },
                    before.Retention.RuleFor(rule.Class) == rule ? [] : [AuditedValue.Written($"{rule.Class}", $"{before.Retention.RuleFor(rule.Class)}", $"{rule}")])
                : Outcome.Refused<Changed>(refusals),
            cancellationToken);
    }

    /// <summary>The ATTEND framework as the authority supplies it, in <see cref="WrittenTemplate"/>'s form.</summary>
    /// <param name="seen">As for the limits.</param>
    /// <param name="why">Needed.</param>
    public Task<Outcome<AuthoritySettings>> ChangeAttendAsync(Caller caller, long seen, string name, string text, string why, CancellationToken cancellationToken) => ChangeAsync(
        caller, Operation.ChangeAuthoritySettings, seen, why,
        before => WrittenTemplate.Read(before.Attend, name, text).TryGet(out var template, out var refusals)
            ? new Changed(
                before with { Attend = template },
                [AuditedValue.Written("ATTEND framework", before.Attend is { } old ? Named(old) : null, Named(template))])
            : Outcome.Refused<Changed>(refusals),
        cancellationToken);

    /// <summary>The register's codes of one school year, in <see cref="WrittenCodes"/>' form. They take the place of those that were entered for it.</summary>
    /// <param name="seen">As for the limits.</param>
    /// <param name="why">Needed.</param>
    public Task<Outcome<AuthoritySettings>> ChangeRegisterCodesAsync(
        Caller caller, long seen, AcademicYear year, string source, string codes, string uses, string why, CancellationToken cancellationToken) => ChangeAsync(
        caller, Operation.ChangeAuthoritySettings, seen, why,
        before => WrittenCodes.Read(year, source, codes, uses).TryGet(out var table, out var refusals)
            ? new Changed(
                before.With(table),
                [
                    AuditedValue.Written("register codes of", before.RegisterCodes.Any(other => other.Year == year) ? year.Label : null, year.Label),
                    AuditedValue.Written("source of register codes", before.RegisterCodes.FirstOrDefault(other => other.Year == year)?.Source, table.Source),
                ])
            : Outcome.Refused<Changed>(refusals),
        cancellationToken);

    /// <summary>What is set for one school: where its concerns go, from when on it is afternoon in its register, and where its pupils are named.</summary>
    /// <param name="seen">The version of the school's card.</param>
    /// <param name="concernsTo">As typed; empty: nobody has said.</param>
    /// <param name="namesOutside">As <see cref="SchoolCard.NamesOutside"/>.</param>
    /// <param name="why">Needed.</param>
    public Task<Outcome<SchoolCard>> ChangeSchoolAsync(
        Caller caller, SchoolId school, long seen, string? concernsTo, LocalTime afternoonStarts, bool namesOutside, string why, CancellationToken cancellationToken) => _desk.ChangeAsync(
        caller, Operation.ChangeSchoolSettings, why, [Claim.On(school)],
        async work => await work.Schools.FindAsync(school, cancellationToken) is { } kept
            ? new Asked<Kept<SchoolCard>>(kept, AccessSubject.OfSchool(school), $"school {school}")
            : null,
        (work, kept, act) => Task.FromResult(ChangeSchool(work, kept, seen, concernsTo, afternoonStarts, namesOutside, act)),
        cancellationToken);

    private static Outcome<Done<SchoolCard>> ChangeSchool(
        IWork work, Kept<SchoolCard> kept, long seen, string? concernsTo, LocalTime afternoonStarts, bool namesOutside, Act act)
    {
        if (TextLimits.WhyNot(act.Why) is { } tooLong) return tooLong;
        if (string.IsNullOrWhiteSpace(act.Why)) return WhyMissing;
        if (kept.WhyNot(seen) is { } changed) return changed;
        var before = kept.Value;
        ConcernRoute? route = null;
        if (!string.IsNullOrWhiteSpace(concernsTo) && !ConcernRoute.Create(concernsTo).TryGet(out route, out var refusals)) return Outcome.Refused<Done<SchoolCard>>(refusals);
        if (!SchoolCard.Enter(before.Id, before.Name, before.ZoneId, afternoonStarts, route, act).TryGet(out var next, out refusals)) return Outcome.Refused<Done<SchoolCard>>(refusals);
        next = next with { NamesOutside = namesOutside };
        List<AuditedValue> values = [];
        if (before.ConcernsTo?.Target != route?.Target) values.Add(AuditedValue.Written("concerns to", before.ConcernsTo?.Target.ToString(), route?.Target.ToString()));
        if (before.AfternoonStarts != afternoonStarts) values.Add(AuditedValue.Written("afternoon starts", $"{before.AfternoonStarts:HH:mm}", $"{afternoonStarts:HH:mm}"));
        if (before.NamesOutside != namesOutside) values.Add(AuditedValue.Written("names outside", OnOff(before.NamesOutside), OnOff(namesOutside)));
        if (values.Count == 0) return new Done<SchoolCard>(before) { ChangedSomething = false };
        work.Schools.Replace(kept, next);
        return new Done<SchoolCard>(next, values);
    }

    private Task<Outcome<AuthoritySettings>> ChangeAsync(
        Caller caller, Operation operation, long seen, string why, Func<AuthoritySettings, Outcome<Changed>> change, CancellationToken cancellationToken) => _desk.ChangeAsync(
        caller, operation, why, [Claim.OnAuthority],
        async work => new Asked<Standing>(new Standing(await work.Settings.FindAsync(cancellationToken)), AccessSubject.Authority, "settings"),
        (work, standing, act) => Task.FromResult(Change(work, standing, seen, act, change)),
        cancellationToken);

    private static Outcome<Done<AuthoritySettings>> Change(IWork work, Standing standing, long seen, Act act, Func<AuthoritySettings, Outcome<Changed>> change)
    {
        if (TextLimits.WhyNot(act.Why) is { } tooLong) return tooLong;
        if (string.IsNullOrWhiteSpace(act.Why)) return WhyMissing;
        if ((standing.Kept?.Version ?? 0) != seen) return RecordRefusals.ChangedMeanwhile;
        var before = standing.Kept?.Value ?? AuthoritySettings.Default;
        if (!change(before).TryGet(out var changed, out var refusals)) return Outcome.Refused<Done<AuthoritySettings>>(refusals);
        if (changed.Values.Count == 0) return new Done<AuthoritySettings>(before) { ChangedSomething = false };
        if (standing.Kept is { } kept) work.Settings.Replace(kept, changed.Next);
        else work.Settings.Add(changed.Next);
        return new Done<AuthoritySettings>(changed.Next, changed.Values);
    }

    private async Task<ReadSettings?> FindAsync(IWork work, Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        if (await work.Schools.FindAsync(school, cancellationToken) is not { } card) return null;
        var kept = await work.Settings.FindAsync(cancellationToken);
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var may = new[] { Operation.ChangeAuthoritySettings, Operation.ChangeRetention, Operation.ChangeSchoolSettings, Operation.ReadSchoolSettings, Operation.ReadRetention, Operation.ReadDeletionEvidence }
            .Where(operation => !AccessPolicy.Check(assignments, operation, AccessSubject.OfSchool(school), _desk.Now).IsRefused).ToFrozenSet();
        // Which pupils a hold is on is said with the pupil; here only what is kept for everybody.
        var holds = may.Contains(Operation.ReadRetention)
            ? (await work.LegalHolds.AllAsync(cancellationToken)).Select(hold => hold.Value).Where(hold => hold.Lifted is null).ToList()
            : [];
        var evidence = may.Contains(Operation.ReadDeletionEvidence) ? await work.DeletionEvidence.ListAsync(MostEvidence, cancellationToken) : [];
        var today = _desk.Now.InZone(card.Value.Zone()).Date;
        var starts = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Calendar.YearStarts ?? AcademicYearStarts.England;
        var years = Enumerable.Range(-YearsBefore, YearsBefore + YearsAhead).Select(number => starts.YearOf(today.PlusYears(number))).Distinct();
        return new ReadSettings(
            kept?.Value ?? AuthoritySettings.Default, kept?.Version ?? 0, card.Value, card.Version, [.. holds], [.. evidence], [.. years.OrderBy(year => year.Dates.Start)],
            starts.YearOf(today), may);
    }

    /// <summary>So much of what was deleted is shown.</summary>
    private const int MostEvidence = 50;

    private static string OnOff(bool isOn) => isOn ? "on" : "off";

    private static string Text(SessionHours hours) => $"{hours.From:HH:mm} to {hours.Until:HH:mm}";

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Named(AttendTemplate template) => string.Create(CultureInfo.InvariantCulture, $"{template.Name}, version {template.Version}");

    private sealed record Standing(Kept<AuthoritySettings>? Kept);

    private sealed record Changed(AuthoritySettings Next, IReadOnlyList<AuditedValue> Values);
}

/// <param name="Version">To be given back with a change; 0: nothing has been set yet, and the defaults hold.</param>
/// <param name="SchoolVersion">Of the school's card, to be given back with a change of it.</param>
/// <param name="Holds">Legal holds that are in force; empty for who may not read about retention.</param>
/// <param name="Evidence">What was deleted, the newest first; likewise.</param>
/// <param name="Years">School years for which codes of the register can be entered.</param>
/// <param name="ThisYear">The present one.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadSettings(
    AuthoritySettings Settings, long Version, SchoolCard School, long SchoolVersion, ImmutableArray<LegalHold> Holds, ImmutableArray<DeletionEvidence> Evidence,
    ImmutableArray<AcademicYear> Years, AcademicYear ThisYear, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadSettings);
}
