using AV1Relay.Api.Rooms;

namespace AV1Relay.RelayServer.Composition;

/// <summary>No media: what control sees before the media relay is part of the composition.</summary>
internal sealed class QuietRooms : IRooms
{
    public event Action<Room>? Changed
    {
        add { }
        remove { }
    }

    public Room? Find(string session) => null;

    public Task CloseAsync(string session, string reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
