using System.Collections.Immutable;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using NodaTime;

namespace AV1Relay.Application.Rooms;

/// <summary>One room on one day, as whoever holds its link sees it.</summary>
/// <param name="Until">When the link is over.</param>
/// <param name="Sessions">By time.</param>
/// <param name="Names">What pupils want to be called; nobody's while the school has no names outside.</param>
public sealed record RoomDay(string School, string Room, LocalDate Date, DateTimeZone Zone, Instant Until, ImmutableArray<ReadSession> Sessions, PupilNames Names)
{
    public override string ToString() => nameof(RoomDay);
}
