using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace AV1Relay.Storage.Records;

/// <summary>The domain's values as JSON documents, and back through their own constructors, which check them.</summary>
/// <remarks>
/// Written is what the constructor takes and what has a setter; what follows from that is not. Ids are their value alone. Closed
/// hierarchies name their kinds themselves. A member that is not known is an error: a document of a newer version is not read with half of it lost.
/// </remarks>
internal static class RecordJson
{
    private static readonly JsonSerializerOptions Options = Create();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">It is not such a document.</exception>
    /// <exception cref="ArgumentException">It says something that can't be.</exception>
    public static T Read<T>(string document) => JsonSerializer.Deserialize<T>(document, Options)
        ?? throw new JsonException($"A {typeof(T).Name} is missing.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // What people write is kept as they wrote it; nothing here goes into a page.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WriteOnlyState } },
            Converters = { new IdConverterFactory(), new SessionIdConverter(), new JsonStringEnumConverter() },
        };
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What can't be given back when the value is made again follows from the rest.</summary>
    private static void WriteOnlyState(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var property = type.Properties[index];
            if (property.Set is null && property.AssociatedParameter is null) type.Properties.RemoveAt(index);
        }
    }
}
