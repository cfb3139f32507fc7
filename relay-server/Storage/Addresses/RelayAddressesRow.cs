namespace AV1Relay.Storage.Addresses;

internal sealed class RelayAddressesRow
{
    /// <summary>Always 1: there is one row.</summary>
    public int Id { get; set; }

    public required string[] PageUrls { get; set; }

    public required string[] RobotUrls { get; set; }

    public required string[] MediaEndpoints { get; set; }
}
