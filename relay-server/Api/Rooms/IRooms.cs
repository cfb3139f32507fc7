namespace AV1Relay.Api.Rooms;

/// <summary>What control needs of the media relay.</summary>
public interface IRooms
{
    /// <summary>Raised after each change, on any thread; handlers return at once.</summary>
    event Action<Room>? Changed;

    /// <summary>Null while nobody is there.</summary>
    Room? Find(string session);

    /// <summary>Sends everybody away.</summary>
    Task CloseAsync(string session, string reason, CancellationToken cancellationToken);
}
