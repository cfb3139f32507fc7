using System.Collections.Immutable;

namespace AV1Relay.Application.Schedule;

/// <summary>Sessions by time.</summary>
public sealed record ReadCalendar(ImmutableArray<ReadSession> Sessions);
