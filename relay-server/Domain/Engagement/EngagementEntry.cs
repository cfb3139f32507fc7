using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Engagement;

public readonly record struct EngagementEntryId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>One line of the ledger, as it was first recorded and as it was corrected since.</summary>
/// <remarks>
/// Always true: the original stays; each correction says who made it, when and why; a line that was struck out stays so; a
/// correction never turns a line into another session's; a step in person was noted by a person.
/// </remarks>
public sealed class EngagementEntry
{
    /// <summary>A new line, or one rebuilt with its corrections.</summary>
    /// <exception cref="ArgumentException">Corrections that no person could have made, or a step in person that nobody noted.</exception>
    public EngagementEntry(
        EngagementEntryId id,
        PupilId pupil,
        PlanId plan,
        StepTried original,
        EndedBy recordedBy,
        Instant recordedAt,
        ImmutableArray<EngagementCorrection> corrections = default,
        string note = "")
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(recordedBy);
        (Id, Pupil, Plan, Original, RecordedBy, RecordedAt) = (id, pupil, plan, original, recordedBy, recordedAt);
        Corrections = corrections.IsDefault ? [] : corrections;
        Note = note;
        if (!original.IsWithRobot && recordedBy is not EndedBy.Staff)
            throw new ArgumentException("A step in person is noted by a person.", nameof(recordedBy));
        if (Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.By.Why)))
            throw new ArgumentException("A correction says why.", nameof(corrections));
        if (Corrections.SkipLast(1).Any(correction => correction.Now is null))
            throw new ArgumentException("Nothing follows on striking out.", nameof(corrections));
        if (Corrections.Any(correction => correction.Now is { } now && now.Session != original.Session))
            throw new ArgumentException("A correction keeps the session.", nameof(corrections));
    }

    public EngagementEntryId Id { get; }

    public PupilId Pupil { get; }

    public PlanId Plan { get; }

    public StepTried Original { get; }

    /// <summary>With the robot, who or what ended the session: it is that which writes the line. In person, the member of staff who noted it.</summary>
    public EndedBy RecordedBy { get; }

    public Instant RecordedAt { get; }

    /// <summary>The oldest first.</summary>
    public ImmutableArray<EngagementCorrection> Corrections { get; }

    /// <summary>What who noted a step in person wrote with it; may be empty. Parents read it too.</summary>
    public string Note { get; }

    /// <summary>What counts today; null when the line was struck out.</summary>
    public StepTried? Current => Corrections.IsEmpty ? Original : Corrections[^1].Now;

    /// <summary>The line of a session that has ended.</summary>
    public static Outcome<EngagementEntry> For(ScheduledSession session, EngagementEntryId id)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (booked, history) = (session.Booked, session.History);
        if (history.End is not { } end)
            return new Refusal("engagement.not-ended", "The session has not ended yet.", "Its line is written when it ends.");
        var from = history.Joins[0].At;
        var tried = new StepTried(
            booked.Step, session.Id, from.InZone(booked.Zone).LocalDateTime, end.At - from, history.Pauses.Length, session.WasLeftEarly, booked.Location);
        return new EngagementEntry(id, booked.Pupil, booked.Plan, tried, end.By, end.At);
    }

    /// <summary>A step that was taken in person, as somebody of staff notes it afterwards.</summary>
    /// <param name="tried">Without a session. With or without the robot on the ladder: a pupil may well come in person where the robot was meant.</param>
    /// <param name="zone">The school's.</param>
    /// <exception cref="ArgumentException">What was tried was a session with the robot: its line is written when it ends.</exception>
    public static Outcome<EngagementEntry> InPerson(EngagementEntryId id, SupportPlan plan, StepTried tried, string note, DateTimeZone zone, Act act)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tried);
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(act);
        if (tried.IsWithRobot) throw new ArgumentException("A session with the robot writes its own line.", nameof(tried));
        List<Refusal> refusals = [];
        var start = zone.AtLeniently(tried.Start).ToInstant();
        if (plan.Status != PlanStatus.Active)
            refusals.Add(new("engagement.plan-not-in-use", "Steps are noted for a plan that is in use.", "Put the plan to use first, or enter it as a contact."));
        if (plan.Ladder.Steps.All(step => step.Id != tried.Step))
            refusals.Add(new("engagement.no-such-step", "This step is not on the ladder any more.", "Choose a step that is on it now."));
        if (tried.Live < Duration.FromMinutes(1))
            refusals.Add(new("engagement.no-time", "A step in person takes a minute or more.", "Enter about how long it took."));
        if (start > act.At)
            refusals.Add(new("engagement.not-yet", "This step has not been taken yet.", "Note it when it has, and book nothing here."));
        if (start < act.At - LongestAgo)
            refusals.Add(new("engagement.too-long-ago", "That is more than a year ago.", "Look at the day again. What is older goes into a review, in words."));
        return refusals.Count > 0
            ? Outcome.Refused<EngagementEntry>(refusals)
            : new EngagementEntry(id, plan.Pupil, plan.Id, tried, new EndedBy.Staff(act.Who), act.At, note: note);
    }

    // A year that is mistyped would change each sum and chart of it.
    private static readonly Duration LongestAgo = Duration.FromDays(366);

    public Outcome<EngagementEntry> Correct(StepTried now, Act act)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Next(new EngagementCorrection(now, act));
    }

    /// <summary>It never happened, or was somebody else's: it no longer counts, and can still be read.</summary>
    public Outcome<EngagementEntry> StrikeOut(Act act) => Next(new EngagementCorrection(null, act));

    private Outcome<EngagementEntry> Next(EngagementCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(correction.By);
        List<Refusal> refusals = [];
        if (Current is null)
            refusals.Add(new("engagement.struck-out", "This line was struck out and no longer counts.", "Record it again as a new line."));
        else if (correction.Now == Current)
            refusals.Add(new("engagement.nothing-to-correct", "The line already says this.", "Change what is wrong, or leave it as it is."));
        if (correction.Now is { } now && now.Session != Original.Session)
            refusals.Add(new("engagement.other-session", "A line stays with the session that it was recorded for.", "Strike this line out and record the other session."));
        if (string.IsNullOrWhiteSpace(correction.By.Why))
            refusals.Add(new("engagement.why-missing", "A correction needs its reason.", "Say in a few words what was wrong."));
        if (refusals.Count > 0) return Outcome.Refused<EngagementEntry>(refusals);
        return new EngagementEntry(Id, Pupil, Plan, Original, RecordedBy, RecordedAt, Corrections.Add(correction), Note);
    }
}

/// <summary>What a line says from now on, and who says so.</summary>
/// <param name="Now">Null: the line is struck out.</param>
public sealed record EngagementCorrection(StepTried? Now, Act By)
{
    public override string ToString() => nameof(EngagementCorrection);
}
