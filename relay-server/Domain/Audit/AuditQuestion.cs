using NodaTime;

namespace AV1Relay.Domain.Audit;

/// <summary>Which entries of the audit somebody looks for. What is null asks for nothing.</summary>
/// <param name="From">From then on.</param>
/// <param name="Until">Before then.</param>
/// <param name="Who">As entries name the actor: <c>person 0f…</c>.</param>
/// <param name="Subjects">To what it was done, one of these: <c>plan 0f…</c>.</param>
/// <param name="What">One of these slugs.</param>
/// <param name="NotWhat">None of these.</param>
public sealed record AuditQuestion(
    Instant From, Instant Until, string? Who = null, IReadOnlyCollection<string>? Subjects = null, IReadOnlyCollection<string>? What = null,
    IReadOnlyCollection<string>? NotWhat = null);
