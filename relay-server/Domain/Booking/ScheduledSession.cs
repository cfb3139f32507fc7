using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>One booked use of one robot by one pupil, and its life: proposed → agreed → ready → live → ended → reflected.</summary>
/// <remarks>
/// Always true: the state follows from what happened; a robot is only placed for a session that everybody who is asked has agreed to;
/// nothing is live without a robot in its place; a session is over in one way only; at most one pause of a kind is open, and none once it is over.
/// </remarks>
public sealed partial class ScheduledSession
{
    /// <summary>Rebuilds a session, in whatever state its history says.</summary>
    /// <exception cref="ArgumentException">The history can't have happened.</exception>
    public ScheduledSession(ScheduledSessionId id, BookedUse booked, SessionHistory history)
    {
        ArgumentNullException.ThrowIfNull(booked);
        ArgumentNullException.ThrowIfNull(history);
        (Id, Booked, History) = (id, booked, history);

        var interval = booked.Slot.ToInterval(booked.Zone);
        var more = history.Extensions.Aggregate(Duration.Zero, (sum, extension) => sum + extension.More);
        Window = new SessionWindow(interval.Start, interval.End + more);
        if (FindContradiction() is { } contradiction) throw new ArgumentException(contradiction, nameof(history));
        State = ReadState();
    }

    public ScheduledSessionId Id { get; }

    public BookedUse Booked { get; }

    public SessionHistory History { get; }

    /// <summary>When it may be live: as booked, and as staff have put off the end since.</summary>
    public SessionWindow Window { get; }

    public SessionState State { get; }

    /// <summary>From when to when robot, pupil and carrier are taken by it; null when they are not.</summary>
    public Interval? Holds => this switch
    {
        { State: SessionState.Declined or SessionState.Cancelled or SessionState.Missed } => null,
        { History.End: { } end } => new Interval(Window.Start, Instant.Max(Window.Start, end.At)),
        _ => new Interval(Window.Start, Window.End),
    };

    /// <summary>True after the pupil left before the end was near; a hint that a step may be too big, never a fault.</summary>
    public bool WasLeftEarly => History.End?.By is EndedBy.Pupil { Early: true };

    /// <summary>As the pupil last said; null until they looked back. For adults: <see cref="Reflection.OfPupil.ForAdults"/>.</summary>
    public Reflection.OfPupil? PupilsReflection => History.Reflections.OfType<Reflection.OfPupil>().LastOrDefault();

    /// <summary>As staff last said; null until somebody did.</summary>
    public Reflection.OfStaff? StaffReflection => History.Reflections.OfType<Reflection.OfStaff>().LastOrDefault();

    private bool IsAgreed => HasAgreed(AgreementCapacity.Pupil) && (!Booked.AsksParent || HasAgreed(AgreementCapacity.Parent));

    private bool HasAgreed(AgreementCapacity capacity) => History.Agreements.Any(agreement => agreement.Capacity == capacity);

    private SessionState ReadState() => History switch
    {
        { Declined: not null } => SessionState.Declined,
        { Cancelled: not null } => SessionState.Cancelled,
        { Missed: not null } => SessionState.Missed,
        { Reflections.IsEmpty: false } => SessionState.Reflected,
        { End: not null } => SessionState.Ended,
        { Joins.Length: > 0 } => SessionState.Live,
        { Placement: not null } => SessionState.Ready,
        _ => IsAgreed ? SessionState.Agreed : SessionState.Proposed,
    };

    // Times are not held against the window: a zone's rules may change after a session is over, and it must still be read.
    private string? FindContradiction()
    {
        var wasLive = History.Joins.Length > 0;
        var waysToBeOver = new object?[] { History.End, History.Declined, History.Cancelled, History.Missed }.Count(way => way is not null);
        return History switch
        {
            _ when waysToBeOver > 1 => "A session is over in one way only.",
            _ when History.Agreements.Any(agreement => !IsAsked(agreement)) => "The pupil and a parent agree to a session.",
            _ when !History.Agreements.All(IsToThis) => "Each agreement is to this session.",
            _ when History.Agreements.CountBy(agreement => agreement.Capacity).Any(count => count.Value > 1) => "One agreement each.",
            { Placement: not null } when !IsAgreed => "A robot is placed once the session is agreed.",
            { Placement: null } when wasLive => "Nothing is live without a robot in its place.",
            { End: not null } when !wasLive => "Only what was live ends.",
            { End: null, Reflections.IsEmpty: false } => "People look back on what has ended.",
            _ when History.Reflections.OfType<Reflection.OfPupil>().Any(reflection => reflection.Who != Booked.Pupil)
                => "The pupil who looks back is the session's.",
            { End.By: EndedBy.Parent { No.Capacity: not AgreementCapacity.Parent } } => "A parent takes a parent's yes back.",
            _ when wasLive && waysToBeOver == 1 && History.End is null => "What was live ends.",
            _ when !wasLive && (History.Pauses.Length > 0 || History.Extensions.Length > 0 || History.WarnedOfEndAt is not null)
                => "Pauses, warnings and extensions belong to a live session.",
            _ when History.Extensions.Any(extension => extension.More <= Duration.Zero) => "An extension is some time.",
            _ when History.Pauses.Any(pause => pause.Until < pause.From) => "A pause does not end before it begins.",
            _ when OpenPauses().CountBy(pause => pause.Reason).Any(count => count.Value > 1) => "One pause of a kind at a time.",
            { End: not null } when OpenPauses().Any() => "A pause ends with its session.",
            _ => null,
        };
    }

    private IEnumerable<Pause> OpenPauses() => History.Pauses.Where(pause => pause.Until is null);

    private bool IsAsked(Agreement agreement) =>
        agreement.Capacity == AgreementCapacity.Parent
        || (agreement.Capacity == AgreementCapacity.Pupil && agreement.Who == Booked.Pupil.ToString());

    private ScheduledSession With(SessionHistory history) => new(Id, Booked, history);
}
