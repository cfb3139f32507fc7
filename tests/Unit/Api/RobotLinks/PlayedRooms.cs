using AV1Relay.Api.Rooms;
using AV1Relay.Domain.Sessions;
using AV1Relay.Sfu;

namespace AV1Relay.Tests.Unit.Api.RobotLinks;

/// <summary>A media relay that notes what it is asked for.</summary>
internal sealed class PlayedRooms : IRooms
{
    private RoomSnapshot? _last;

    public event Action<RoomSnapshot>? Changed;

    public List<string> Closed { get; } = [];

    public List<string> SentAway { get; } = [];

    public List<CapabilitySet> Limits { get; } = [];

    public RoomSnapshot? Find(string session) => _last?.Session == session ? _last : null;

    public void Raise(RoomSnapshot room)
    {
        _last = room;
        Changed?.Invoke(room);
    }

    public Task CloseAsync(string session, string reason, CancellationToken cancellationToken)
    {
        Closed.Add(session);
        return Task.CompletedTask;
    }

    public Task SendAwayAsync(string session, string identity, string reason, CancellationToken cancellationToken)
    {
        SentAway.Add(identity);
        return Task.CompletedTask;
    }

    public Task LimitAsync(string session, CapabilitySet capabilities, CancellationToken cancellationToken)
    {
        Limits.Add(capabilities);
        return Task.CompletedTask;
    }
}
