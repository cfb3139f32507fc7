using AV1Relay.Api.Rooms;
using AV1Relay.Sfu;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Shows control what the media relay knows of its rooms.</summary>
internal sealed class MediaRooms : IRooms, IDisposable
{
    private readonly MediaRelay _relay;

    public MediaRooms(MediaRelay relay)
    {
        _relay = relay;
        _relay.RoomChanged += OnChanged;
    }

    public event Action<Room>? Changed;

    public Room? Find(string session) => _relay.Find(session) is { } room ? ToRoom(room) : null;

    public Task CloseAsync(string session, string reason, CancellationToken cancellationToken)
        => _relay.CloseSessionAsync(session, reason, cancellationToken);

    public void Dispose() => _relay.RoomChanged -= OnChanged;

    private void OnChanged(RoomSnapshot room) => Changed?.Invoke(ToRoom(room));

    private static Room ToRoom(RoomSnapshot room)
        => new(room.Session, room.RobotPublishing, room.PupilPresent, room.Observers, room.PupilVideoCodecs);
}
