using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Rooms;

/// <summary>A link that opens one room for one day.</summary>
/// <param name="Id">To end it by.</param>
/// <param name="Link">Stands for whoever holds it; the secret that is handed out names this, sealed.</param>
/// <param name="Room">As the school calls it.</param>
/// <param name="Closes">When it is over, by the school's clock.</param>
public sealed record HeldRoomLink(AssignmentId Id, PersonId Link, string Room, LocalDate Date, LocalTime Closes)
{
    public override string ToString() => $"room link {Id}";
}

/// <summary>What a school has to make links for, and those that are there.</summary>
/// <param name="Links">Of today and later, by day and room; ended ones are left out.</param>
public sealed record RoomLinkChoices(LocalDate Today, ImmutableArray<SchoolRoom> Rooms, ImmutableArray<HeldRoomLink> Links)
{
    public override string ToString() => nameof(RoomLinkChoices);
}
