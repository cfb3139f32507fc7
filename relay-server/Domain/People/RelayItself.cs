namespace AV1Relay.Domain.People;

/// <summary>Who acts where nobody does: what time brings about, and what the relay sees happen.</summary>
/// <remarks>No person ever has this id: it is a UUID of version 8, and people's are drawn at random. It stands beside the versions that the relay wrote.</remarks>
public static class RelayItself
{
    public static PersonId Who { get; } = new(new Guid("00000000-0000-8000-8000-617631726c79"));
}
