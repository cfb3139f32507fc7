using System.Text.Json.Serialization;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Somebody looked back on a session, or skipped that. The pupil does, and staff do, each for themselves.</summary>
/// <remarks>The names that it is stored under stay as they are.</remarks>
[JsonDerivedType(typeof(OfPupil), "pupil")]
[JsonDerivedType(typeof(OfStaff), "staff")]
public abstract record Reflection
{
    private Reflection(Instant at) => At = at;

    public Instant At { get; init; }

    /// <summary>By the pupil. Ratings are apart from it (<see cref="Plans.StepRating"/>).</summary>
    /// <param name="Words">One line, the pupil's own; empty where it was skipped.</param>
    /// <param name="IsShared">Whether adults may read the words: the pupil chooses (rule 3), and at first they may not.</param>
    public sealed record OfPupil(PupilId Who, Instant At, string Words = "", bool IsShared = false) : Reflection(At)
    {
        /// <summary>That the pupil looked back, and what of it the pupil shares.</summary>
        public OfPupil ForAdults() => IsShared ? this : this with { Words = "" };
    }

    /// <summary>By the key adult, or whoever was there.</summary>
    /// <param name="Words">May be empty.</param>
    public sealed record OfStaff(PersonId Who, Instant At, string Words = "") : Reflection(At);

    /// <remarks>Keeps personal words out of logs.</remarks>
    public sealed override string ToString() => GetType().Name;
}
