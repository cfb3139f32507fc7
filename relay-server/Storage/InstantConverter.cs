using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace AV1Relay.Storage;

/// <summary>Instants as whole milliseconds since the Unix epoch: they sort and compare in SQL.</summary>
internal sealed class InstantConverter() : ValueConverter<Instant, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    milliseconds => Instant.FromUnixTimeMilliseconds(milliseconds));
