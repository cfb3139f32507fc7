namespace AV1Relay.Sfu.Rooms;

/// <summary>A room's new state, and whom it announces.</summary>
/// <param name="Announced">Resource ids of the observers that the snapshot lists: once it has been raised, they may receive.</param>
internal sealed record RoomChange(RoomSnapshot Snapshot, IReadOnlyList<string> Announced, bool HasEnded);

/// <summary>Takes room changes from a shard's thread; returns at once.</summary>
internal interface IRoomChangeSink
{
    void Post(RoomChange change);
}
