using NodaTime;

namespace AV1Relay.Domain.Audit;

/// <summary>Who did what, when and why. Identifiers only: never a token, a code's secret or a pupil's name.</summary>
/// <param name="At">When; kept to the millisecond.</param>
/// <param name="Who">The actor: <c>command line</c>, <c>robot robot-1</c>, <c>relay</c>, <c>link</c>.</param>
/// <param name="What">A stable slug, such as <c>token.issued</c>.</param>
/// <param name="Subject">What it was done to: a session, a robot, a code's id.</param>
/// <param name="Detail">Why, and old and new values, in words.</param>
public sealed record AuditEntry(Instant At, string Who, string What, string Subject, string Detail);
