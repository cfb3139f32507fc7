using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class LegalHoldRow : RecordRow
{
    public Instant PlacedAt { get; set; }
}
