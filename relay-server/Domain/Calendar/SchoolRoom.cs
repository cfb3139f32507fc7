using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Calendar;

/// <param name="Name">As the school calls it: "8B".</param>
/// <param name="LastWalk">Null while nobody has walked through it with a robot.</param>
/// <param name="Note">What to know before a robot goes there: <c>weak wifi by the window</c>. May be empty.</param>
public sealed record SchoolRoom(RoomId Id, string Name, WalkTest? LastWalk = null, string Note = "");

/// <summary>Somebody walked through a room with a robot, to see whether its wifi holds.</summary>
public sealed record WalkTest(bool HoldsWifi, Act By);
