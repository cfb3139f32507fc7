using AV1Relay.Domain.Access;

namespace AV1Relay.Application.Asking;

/// <summary>What somebody asks about, as it is stored: never as they sent it.</summary>
/// <param name="About">Its school, plan, room and day, for their rights.</param>
/// <param name="Subject">As the audit names it: <c>plan 0f…</c>.</param>
internal sealed record Asked<T>(T Value, AccessSubject About, string Subject)
    where T : class
{
    /// <summary>A second right that this asks for, on the same; null: none.</summary>
    public Operation? AlsoNeeds { get; init; }
}
