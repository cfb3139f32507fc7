using System.Text.Json.Serialization;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Booking;

/// <summary>Who or what ended a session that was live. Nobody but staff owes a reason, and staff need not give one.</summary>
/// <remarks>The names that it is stored under stay as they are.</remarks>
[JsonDerivedType(typeof(Time), "time")]
[JsonDerivedType(typeof(Pupil), "pupil")]
[JsonDerivedType(typeof(Staff), "staff")]
[JsonDerivedType(typeof(Parent), "parent")]
[JsonDerivedType(typeof(Lapse), "lapse")]
[JsonDerivedType(typeof(RobotOrLink), "robot-or-link")]
public abstract record EndedBy
{
    private EndedBy()
    {
    }

    /// <summary>Its time was up.</summary>
    public sealed record Time : EndedBy;

    /// <summary>The pupil left: always allowed.</summary>
    /// <param name="Early">Before both sides knew that the end was near. Never held against anyone (rule 2).</param>
    public sealed record Pupil(bool Early) : EndedBy;

    /// <param name="Why">In the person's words; may be empty.</param>
    public sealed record Staff(PersonId Who, string Why = "") : EndedBy;

    /// <summary>A parent took their yes back.</summary>
    public sealed record Parent(SaidNo No) : EndedBy;

    /// <summary>An agreement that every session of the plan needs was no longer in force.</summary>
    /// <param name="What">Which, as <see cref="NeededAgreement.What"/> says it: for staff, and not for the pupil's device.</param>
    public sealed record Lapse(string What) : EndedBy;

    /// <summary>Robot or link failed, and did not come back in time.</summary>
    /// <param name="What">In words: "The robot's battery was empty".</param>
    public sealed record RobotOrLink(string What) : EndedBy;

    /// <remarks>Keeps personal words out of logs.</remarks>
    public sealed override string ToString() => GetType().Name;
}
