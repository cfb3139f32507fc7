using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using NodaTime;

namespace AV1Relay.Application.Reminders;

/// <summary>Whether somebody is told something now.</summary>
public abstract record ReminderDecision
{
    private ReminderDecision()
    {
    }

    /// <summary>It is not their evening's time, or it has been done.</summary>
    public sealed record NotNow : ReminderDecision;

    /// <summary>They have no role any more.</summary>
    public sealed record Ended : ReminderDecision;

    public sealed record Nothing(LocalDate Evening) : ReminderDecision;

    public sealed record Tell(Reminder Reminder) : ReminderDecision
    {
        public override string ToString() => nameof(Tell);
    }
}

/// <summary>What one mail tells.</summary>
/// <param name="Evening">On which it is told.</param>
/// <param name="Sessions">By time; may be empty.</param>
/// <param name="Needs">How many things are on the person's list.</param>
/// <param name="Answers">How many things wait for a parent's answer.</param>
public sealed record Reminder(LocalDate Evening, ImmutableArray<RemindedSession> Sessions, int Needs, int Answers)
{
    public override string ToString() => nameof(Reminder);
}

/// <param name="Room">What it is called; null to a parent, whom it is not told.</param>
/// <param name="WithName">Whether its school has pupils named in reminders.</param>
public sealed record RemindedSession(ScheduledSession Session, string? Room, bool WithName)
{
    public override string ToString() => nameof(RemindedSession);
}
