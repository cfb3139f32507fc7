using AV1Relay.Domain.Audit;

namespace AV1Relay.Application.Asking;

/// <summary>A change as it is about to be kept.</summary>
/// <param name="Values">Old and new values for the audit.</param>
internal sealed record Done<T>(T Result, params IReadOnlyList<AuditedValue> Values)
    where T : class
{
    /// <summary>What the audit calls it, where that is not the operation's name.</summary>
    public AuditSlug? Slug { get; init; }

    /// <summary>False where all was as asked for already, or nothing came of it: then there is nothing to note.</summary>
    public bool ChangedSomething { get; init; } = true;
}
