using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Calendar;

/// <param name="Name">As the school calls it: <c>8B</c>.</param>
/// <param name="LastWalk">Null: nobody has walked through it with a robot yet.</param>
public sealed record Room(RoomId Id, string Name, WalkTest? LastWalk = null);

/// <summary>Somebody has walked through a room with a robot.</summary>
/// <param name="HoldsWifi">It stayed connected everywhere.</param>
/// <param name="By">Who walked, and when.</param>
public sealed record WalkTest(bool HoldsWifi, Act By);
