using AV1Relay.Domain.Audit;

namespace AV1Relay.Application.Asking;

/// <summary>A change as it is about to be kept.</summary>
/// <param name="Values">Old and new values for the audit.</param>
internal sealed record Done<T>(T Result, params IReadOnlyList<AuditedValue> Values)
    where T : class;
