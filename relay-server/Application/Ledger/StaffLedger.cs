using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Sessions;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.Ledger;

/// <summary>Minutes and steps of one plan, with the robot and in person. Never attendance (domain rule 4).</summary>
public sealed class StaffLedger
{
    /// <summary>Of one line: a day.</summary>
    public const int MostMinutes = 24 * 60;

    public static Refusal Unknown { get; } = new("engagement.no-such-line", "There is no such line in this plan's ledger.", "Open the ledger again and choose the line.");

    private readonly PlanDesk _desk;

    internal StaffLedger(Desk desk) => _desk = new PlanDesk(desk);

    public async Task<Outcome<ReadLedger>> ReadAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ReadLedger>(
            caller, Operation.ReadLedger, id,
            async (work, plan, now) =>
            {
                var lines = await LinesAsync(work, plan, cancellationToken);
                var ledger = new EngagementLedger(plan.Pupil, [.. lines.Select(kept => kept.Value)]);
                var may = await work.MayAsync(
                    caller, plan, now, cancellationToken, Operation.NoteStepInPerson, Operation.CorrectLedger, Operation.ExportLedger,
                    Operation.ReadRegisterHint);
                var codes = may.Contains(Operation.ReadRegisterHint)
                    ? (await work.SettingsAsync(cancellationToken)).CodesOn(await work.TodayAsync(plan.School, now, cancellationToken))
                    : null;
                return new ReadLedger(
                    plan.School, plan.Id, plan.Pupil, [.. ledger.ByWeek().Reverse()],
                    [.. lines.Select(kept => new LedgerLine(kept.Value, SituationOf(plan, kept.Value.Original.Step), kept.Version))
                        .OrderByDescending(line => (line.Entry.Current ?? line.Entry.Original).Start)],
                    may, codes)
                {
                    Steps = plan.Ladder.Steps,
                    CurrentStep = plan.Ladder.CurrentId,
                    IsInUse = plan.Status == PlanStatus.Active,
                    Zone = await work.ZoneAsync(plan.School, cancellationToken),
                };
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadLedger>(refusals);
    }

    /// <summary>Writes down a step that was taken in person.</summary>
    public Task<Outcome<EngagementEntry>> NoteInPersonAsync(Caller caller, PlanId id, StepInPerson noted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(noted);
        return _desk.ChangeAsync<EngagementEntry>(
            caller, Operation.NoteStepInPerson, id, "",
            async (work, plan, act) =>
            {
                if (noted.Minutes is < 0 or > MostMinutes) return TooLong;
                if (TextLimits.WhyNot(noted.Note) is { } longText) return longText;
                if (await work.Engagement.FindAsync(noted.Id, cancellationToken) is { Value: var there })
                    return there.Plan == plan.Id ? new Done<EngagementEntry>(there) { ChangedSomething = false } : Unknown; // sent twice
                var zone = await work.ZoneAsync(plan.School, cancellationToken);
                if (!EngagementEntry.InPerson(noted.Id, plan, noted.Tried, noted.Note, zone, act).TryGet(out var entry, out var refusals))
                    return Outcome.Refused<Done<EngagementEntry>>(refusals);
                var lines = await work.Engagement.OfPupilAsync(plan.Pupil, cancellationToken);
                if (!new EngagementLedger(plan.Pupil, [.. lines.Select(kept => kept.Value)]).NoteInPerson(entry).TryGet(out _, out refusals))
                    return Outcome.Refused<Done<EngagementEntry>>(refusals);
                work.Engagement.Add(entry, plan.School);
                return new Done<EngagementEntry>(entry, AuditedValue.Written("line", null, entry.Id.ToString()));
            },
            cancellationToken);
    }

    /// <summary>Says what a line should have said, or that it doesn't count. What it did say stays.</summary>
    /// <param name="seen">The line's version that was on the person's page.</param>
    /// <param name="why">Needed.</param>
    public Task<Outcome<EngagementEntry>> CorrectAsync(
        Caller caller, PlanId plan, EngagementEntryId id, long seen, CorrectedLine? corrected, string why, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<EngagementEntry>(
            caller, Operation.CorrectLedger, plan, why,
            async (work, of, act) =>
            {
                if (corrected is { Minutes: < 0 or > MostMinutes }) return TooLong;
                if (await work.Engagement.FindAsync(id, cancellationToken) is not { } kept || kept.Value.Plan != of.Id) return Unknown;
                if (kept.WhyNot(seen) is { } changed) return changed;
                var outcome = corrected is null
                    ? kept.Value.StrikeOut(act)
                    : kept.Value.Correct(corrected.Of(kept.Value.Current ?? kept.Value.Original), act);
                if (!outcome.TryGet(out var next, out var refusals)) return Outcome.Refused<Done<EngagementEntry>>(refusals);
                work.Engagement.Replace(kept, next);
                return new Done<EngagementEntry>(
                    next, AuditedValue.Written("line", id.ToString(), id.ToString()),
                    AuditedValue.KeptWithRecord("what it says", (int)kept.Version, (int)kept.Version + 1));
            },
            cancellationToken);

    /// <summary>The lines that count, as comma-separated values (RFC 4180).</summary>
    public async Task<Outcome<ExportedLedger>> ExportAsync(Caller caller, PlanId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync<ExportedLedger>(
            caller, Operation.ExportLedger, id,
            async (work, plan, _) => new ExportedLedger(
                [.. Csv.Lines(Columns, (await LinesAsync(work, plan, cancellationToken)).Where(kept => kept.Value.Current is not null), kept => Fields(plan, kept.Value))]),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ExportedLedger>(refusals);
    }

    private static readonly string[] Columns = ["date", "start", "step", "with_robot", "engagement_minutes", "pauses", "pupil_location", "corrected"];

    private static Refusal TooLong { get; } = new("engagement.too-long", "A step lasts a day at most.", "Correct the minutes.");

    private static async Task<IReadOnlyList<Kept<EngagementEntry>>> LinesAsync(IWork work, SupportPlan plan, CancellationToken cancellationToken) =>
        [.. (await work.Engagement.OfPupilAsync(plan.Pupil, cancellationToken)).Where(kept => kept.Value.Plan == plan.Id)];

    private static CsvField[] Fields(SupportPlan plan, EngagementEntry entry)
    {
        var tried = entry.Current!; // those that count have one
        return
        [
            CsvField.Text(LocalDatePattern.Iso.Format(tried.Start.Date)),
            CsvField.Text(LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture).Format(tried.Start.TimeOfDay)),
            CsvField.Text(SituationOf(plan, tried.Step)),
            CsvField.Text(tried.IsWithRobot ? "yes" : "no"),
            CsvField.Number((long)Math.Round(tried.Live.TotalMinutes, MidpointRounding.AwayFromZero)),
            CsvField.Number(tried.Pauses),
            CsvField.Text(tried.Location switch { PupilLocation.Home => "home", PupilLocation.SchoolSite => "school site", _ => "other place" }),
            CsvField.Text(entry.Corrections.IsEmpty ? "no" : "yes"),
        ];
    }

    private static string SituationOf(SupportPlan plan, StepId step) =>
        plan.Ladder.Steps.FirstOrDefault(there => there.Id == step)?.Situation ?? "A step that is no longer on the ladder";
}

/// <summary>What a line should have said.</summary>
/// <param name="Start">Wall time at the school.</param>
public sealed record CorrectedLine(LocalDateTime Start, int Minutes, PupilLocation Location)
{
    internal StepTried Of(StepTried before) =>
        new(before.Step, before.Session, Start, Duration.FromMinutes(Minutes), before.Pauses, before.LeftEarly, Location);
}

/// <param name="Weeks">The latest first.</param>
/// <param name="Lines">The latest first; struck-out ones too.</param>
/// <param name="May">What the reader may do here.</param>
/// <param name="Codes">Of the register, in this school year; null where none are entered, or the reader is not who tells the office.</param>
public sealed record ReadLedger(
    SchoolId School, PlanId Plan, PupilId Pupil, ImmutableArray<EngagementWeek> Weeks, ImmutableArray<LedgerLine> Lines, FrozenSet<Operation> May,
    RegisterCodeTable? Codes)
{
    /// <summary>Of the ladder as it is today, from least to most feared.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    public required StepId CurrentStep { get; init; }

    /// <summary>Whether a step in person can be noted: the plan is in use.</summary>
    public required bool IsInUse { get; init; }

    public required DateTimeZone Zone { get; init; }

    public override string ToString() => nameof(ReadLedger);
}

/// <param name="Situation">The step's, as the ladder has it today.</param>
/// <param name="Version">To be given back with a correction.</param>
public sealed record LedgerLine(EngagementEntry Entry, string Situation, long Version)
{
    public override string ToString() => nameof(LedgerLine);
}

/// <param name="Lines">Without their line ends.</param>
public sealed record ExportedLedger(ImmutableArray<string> Lines)
{
    public override string ToString() => nameof(ExportedLedger);
}
