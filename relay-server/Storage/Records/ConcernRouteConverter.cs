using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.Domain.Safeguarding;

namespace AV1Relay.Storage.Records;

/// <summary>A route is the address that it leads to.</summary>
internal sealed class ConcernRouteConverter : JsonConverter<ConcernRoute>
{
    public override ConcernRoute Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ConcernRoute.Create(reader.GetString()).TryGet(out var route, out _) ? route : throw new JsonException("Concerns can't be taken there.");

    public override void Write(Utf8JsonWriter writer, ConcernRoute value, JsonSerializerOptions options) => writer.WriteStringValue(value.Target.OriginalString);
}
