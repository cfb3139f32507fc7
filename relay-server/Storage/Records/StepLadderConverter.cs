using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Storage.Records;

/// <summary>A ladder is its steps and the id of the current one.</summary>
internal sealed class StepLadderConverter : JsonConverter<StepLadder>
{
    public override StepLadder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kept = JsonSerializer.Deserialize<KeptLadder>(ref reader, options) ?? throw new JsonException("A ladder is missing.");
        return new StepLadder(kept.Steps, kept.Current);
    }

    public override void Write(Utf8JsonWriter writer, StepLadder value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new KeptLadder(value.Steps, value.Current.Id), options);

    private sealed record KeptLadder(ImmutableArray<Step> Steps, StepId Current);
}
