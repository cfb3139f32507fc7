namespace AV1Relay.Domain.Addresses;

/// <summary>Where the relay was last started, so that the command line can print whole links.</summary>
/// <param name="PageUrls">Where pages, WHIP and WHEP are served; absolute, without a final slash.</param>
/// <param name="RobotUrls">The robots' endpoint.</param>
/// <param name="MediaEndpoints">What answers advertise, <c>address:port</c>: every media address with every shard's port.</param>
public sealed record RelayAddresses(
    IReadOnlyList<string> PageUrls, IReadOnlyList<string> RobotUrls, IReadOnlyList<string> MediaEndpoints);

public interface IRelayAddresses
{
    Task SaveAsync(RelayAddresses addresses, CancellationToken cancellationToken);

    /// <summary>Null when the relay has never been started with this data.</summary>
    Task<RelayAddresses?> FindAsync(CancellationToken cancellationToken);
}
