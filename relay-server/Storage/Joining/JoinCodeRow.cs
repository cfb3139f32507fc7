using NodaTime;

namespace AV1Relay.Storage.Joining;

internal sealed class JoinCodeRow
{
    public required string Code { get; set; }

    public required string Session { get; set; }

    public required Instant ExpiresAt { get; set; }

    public required Instant SessionEndsAt { get; set; }

    public Instant? UsedAt { get; set; }
}
