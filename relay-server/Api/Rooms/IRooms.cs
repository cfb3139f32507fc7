using AV1Relay.Domain.Sessions;
using AV1Relay.Sfu;

namespace AV1Relay.Api.Rooms;

/// <summary>What control needs of the media relay.</summary>
internal interface IRooms
{
    /// <summary>Raised after each change, on any thread; handlers return at once.</summary>
    event Action<RoomSnapshot>? Changed;

    /// <summary>Null while nobody is there.</summary>
    RoomSnapshot? Find(string session);

    /// <summary>Sends everybody away.</summary>
    Task CloseAsync(string session, string reason, CancellationToken cancellationToken);

    /// <summary>Sends one device away.</summary>
    Task SendAwayAsync(string session, string identity, string reason, CancellationToken cancellationToken);

    /// <summary>Lets no more media through than these capabilities include, from now on.</summary>
    Task LimitAsync(string session, CapabilitySet capabilities, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class MediaRooms(MediaRelay media) : IRooms
{
    public event Action<RoomSnapshot>? Changed
    {
        add => media.RoomChanged += value;
        remove => media.RoomChanged -= value;
    }

    public RoomSnapshot? Find(string session) => media.Find(session);

    public Task CloseAsync(string session, string reason, CancellationToken cancellationToken) =>
        media.CloseSessionAsync(session, reason, cancellationToken);

    public Task SendAwayAsync(string session, string identity, string reason, CancellationToken cancellationToken) =>
        media.SendAwayAsync(session, identity, reason, cancellationToken);

    public Task LimitAsync(string session, CapabilitySet capabilities, CancellationToken cancellationToken) =>
        media.SetRightsAsync(session, MediaRightsOf.Capabilities(capabilities), cancellationToken);
}
