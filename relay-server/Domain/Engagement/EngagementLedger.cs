using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Engagement;

/// <summary>One pupil's minutes and steps, with the robot and in person. Never attendance: a register is the school's own.</summary>
/// <remarks>
/// Always true: every line is this pupil's; ids are unique; a session counts at most once.
/// To add or correct a line looks at that line alone, and shares all others with the ledger before.
/// </remarks>
public sealed class EngagementLedger
{
    private readonly ImmutableDictionary<EngagementEntryId, int> _places;
    private readonly ImmutableHashSet<ScheduledSessionId> _counting;

    /// <exception cref="ArgumentException">Another pupil's line, an id twice, or a session that counts twice.</exception>
    public EngagementLedger(PupilId pupil, ImmutableList<EngagementEntry>? entries = null)
    {
        (Pupil, Entries) = (pupil, entries ?? []);
        var places = ImmutableDictionary.CreateBuilder<EngagementEntryId, int>();
        var counting = ImmutableHashSet.CreateBuilder<ScheduledSessionId>();
        foreach (var entry in Entries)
        {
            if (entry.Pupil != pupil) throw AnotherPupils(nameof(entries));
            if (!places.TryAdd(entry.Id, places.Count)) throw AnIdTwice(nameof(entries));
            if (SessionOf(entry) is { } session && !counting.Add(session)) throw new ArgumentException("A session counts once.", nameof(entries));
        }

        (_places, _counting) = (places.ToImmutable(), counting.ToImmutable());
    }

    private EngagementLedger(
        PupilId pupil, ImmutableList<EngagementEntry> entries,
        ImmutableDictionary<EngagementEntryId, int> places, ImmutableHashSet<ScheduledSessionId> counting) =>
        (Pupil, Entries, _places, _counting) = (pupil, entries, places, counting);

    public PupilId Pupil { get; }

    /// <summary>In the order in which they were recorded; struck-out lines too.</summary>
    public ImmutableList<EngagementEntry> Entries { get; }

    /// <summary>What counts today.</summary>
    public IEnumerable<StepTried> Counting => Entries.Select(entry => entry.Current).OfType<StepTried>();

    public EngagementSum Total => EngagementSum.Of(Counting);

    /// <exception cref="ArgumentException">Another pupil's line, or an id that the ledger has.</exception>
    public Outcome<EngagementLedger> Record(EngagementEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var session = SessionOf(entry);
        if (session is { } recorded && _counting.Contains(recorded))
            return new Refusal("engagement.session-already-recorded", "This session is in the ledger already.", "Correct its line instead.");
        if (entry.Pupil != Pupil) throw AnotherPupils(nameof(entry));
        if (_places.ContainsKey(entry.Id)) throw AnIdTwice(nameof(entry));
        return new EngagementLedger(
            Pupil, Entries.Add(entry), _places.Add(entry.Id, Entries.Count), session is { } counts ? _counting.Add(counts) : _counting);
    }

    /// <summary>Records a step in person. Two who were there may both want to note it: it counts once.</summary>
    /// <inheritdoc cref="Record"/>
    public Outcome<EngagementLedger> NoteInPerson(EngagementEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Current is { } tried && Counting.Any(there => !there.IsWithRobot && there.Step == tried.Step && there.Start == tried.Start)
            ? new Refusal("engagement.already-noted", "This step is noted for that time already.", "Look at its line in the ledger, and correct it if something is wrong.")
            : Record(entry);
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
            .GroupBy(tried => Weeks.MondayOf(tried.Start.Date))
            .OrderBy(week => week.Key)
            .Select(week => new EngagementWeek(week.Key, EngagementSum.Of(week))),
    ];

    private Outcome<EngagementLedger> Replace(EngagementEntryId id, Func<EngagementEntry, Outcome<EngagementEntry>> change)
    {
        if (!_places.TryGetValue(id, out var place))
            return new Refusal("engagement.no-such-line", "There is no such line in this pupil's ledger.", "Open the ledger again and choose the line.");
        if (!change(Entries[place]).TryGet(out var next, out var refusals)) return Outcome.Refused<EngagementLedger>(refusals);

        // A correction keeps the session; only a line that is struck out lets it go.
        var counting = next.Current is null && SessionOf(Entries[place]) is { } session ? _counting.Remove(session) : _counting;
        return new EngagementLedger(Pupil, Entries.SetItem(place, next), _places, counting);
    }

    private static ScheduledSessionId? SessionOf(EngagementEntry entry) => entry.Current?.Session;

    private static ArgumentException AnotherPupils(string name) => new("A ledger is one pupil's.", name);

    private static ArgumentException AnIdTwice(string name) => new("An id names one line.", name);
}

public sealed record EngagementWeek(LocalDate Monday, EngagementSum Sum);
