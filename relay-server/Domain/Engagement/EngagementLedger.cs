using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Engagement;

/// <summary>One pupil's minutes and steps, with the robot and in person. Never attendance: a register is the school's own.</summary>
/// <remarks>Always true: every line is this pupil's; ids are unique; a session counts at most once.</remarks>
public sealed class EngagementLedger
{
    /// <exception cref="ArgumentException">Another pupil's line, an id twice, or a session that counts twice.</exception>
    public EngagementLedger(PupilId pupil, IEnumerable<EngagementEntry>? entries = null)
    {
        (Pupil, Entries) = (pupil, [.. entries ?? []]);
        if (Entries.Any(entry => entry.Pupil != pupil)) throw new ArgumentException("A ledger is one pupil's.", nameof(entries));
        if (Entries.DistinctBy(entry => entry.Id).Count() < Entries.Length) throw new ArgumentException("An id names one line.", nameof(entries));
        var sessions = Counting.Where(tried => tried.IsWithRobot).Select(tried => tried.Session).ToList();
        if (sessions.Distinct().Count() < sessions.Count) throw new ArgumentException("A session counts once.", nameof(entries));
    }

    public PupilId Pupil { get; }

    /// <summary>In the order in which they were recorded; struck-out lines too.</summary>
    public ImmutableArray<EngagementEntry> Entries { get; }

    /// <summary>What counts today.</summary>
    public IEnumerable<StepTried> Counting => Entries.Select(entry => entry.Current).OfType<StepTried>();

    public EngagementSum Total => EngagementSum.Of(Counting);

    /// <exception cref="ArgumentException">Another pupil's line, or an id that the ledger has.</exception>
    public Outcome<EngagementLedger> Record(EngagementEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Current is { IsWithRobot: true } tried && Counting.Any(counted => counted.Session == tried.Session))
            return new Refusal("engagement.session-already-recorded", "This session is in the ledger already.", "Correct its line instead.");
        return new EngagementLedger(Pupil, Entries.Add(entry));
    }

    public Outcome<EngagementLedger> Correct(EngagementEntryId id, StepTried now, Act act) => Replace(id, entry => entry.Correct(now, act));

    public Outcome<EngagementLedger> StrikeOut(EngagementEntryId id, Act act) => Replace(id, entry => entry.StrikeOut(act));

    /// <summary>A term's sum, or that of any other period; first and last day included.</summary>
    public EngagementSum In(DateInterval period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return EngagementSum.Of(Counting.Where(tried => period.Contains(tried.Start.Date)));
    }

    /// <summary>Monday to Sunday; only weeks in which something was tried, the earliest first.</summary>
    public IReadOnlyList<EngagementWeek> ByWeek() =>
    [
        .. Counting
            .GroupBy(tried => tried.Start.Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)))
            .OrderBy(week => week.Key)
            .Select(week => new EngagementWeek(week.Key, EngagementSum.Of(week))),
    ];

    private Outcome<EngagementLedger> Replace(EngagementEntryId id, Func<EngagementEntry, Outcome<EngagementEntry>> change)
    {
        var entry = Entries.FirstOrDefault(candidate => candidate.Id == id);
        if (entry is null)
            return new Refusal("engagement.no-such-line", "There is no such line in this pupil's ledger.", "Open the ledger again and choose the line.");
        if (!change(entry).TryGet(out var next, out var refusals)) return Outcome.Refused<EngagementLedger>(refusals);
        return new EngagementLedger(Pupil, Entries.Replace(entry, next));
    }
}

public sealed record EngagementWeek(LocalDate Monday, EngagementSum Sum);
