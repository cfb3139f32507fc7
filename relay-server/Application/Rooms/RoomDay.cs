using System.Collections.Immutable;
using AV1Relay.Application.Schedule;
using NodaTime;

namespace AV1Relay.Application.Rooms;

/// <summary>One room on one day, as whoever holds its link sees it.</summary>
/// <param name="Until">When the link is over.</param>
/// <param name="Sessions">By time; nothing of whose they are.</param>
public sealed record RoomDay(string School, string Room, LocalDate Date, DateTimeZone Zone, Instant Until, ImmutableArray<ReadSession> Sessions)
{
    public override string ToString() => nameof(RoomDay);
}
