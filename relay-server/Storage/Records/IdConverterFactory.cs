using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AV1Relay.Storage.Records;

/// <summary>Small values that wrap one value (<c>PlanId(Guid Value)</c>) are written as that value, also as keys.</summary>
internal sealed class IdConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert is { IsValueType: true, IsPrimitive: false, IsEnum: false }
        && typeToConvert.Namespace?.StartsWith("AV1Relay.Domain", StringComparison.Ordinal) is true
        && FindValue(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var value = FindValue(typeToConvert) ?? throw new ArgumentException("It wraps no value.", nameof(typeToConvert));
        var converter = typeof(IdConverter<,>).MakeGenericType(typeToConvert, value.PropertyType);
        return (JsonConverter)(Activator.CreateInstance(converter, value) ?? throw new InvalidOperationException("A converter is a class."));
    }

    private static PropertyInfo? FindValue(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance) is [{ Name: "Value" } only]
        && type.GetConstructor([only.PropertyType]) is not null ? only : null;

    private sealed class IdConverter<TId, TValue>(PropertyInfo value) : JsonConverter<TId>
        where TId : struct
    {
        private readonly Func<TId, TValue> _unwrap = value.GetMethod?.CreateDelegate<Getter>() is { } get
            ? id => get(ref id)
            : throw new ArgumentException("A value is there to be read.", nameof(value));

        private readonly Func<TValue, TId> _wrap = CompileConstructor();

        private delegate TValue Getter(ref TId id);

        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            _wrap(JsonSerializer.Deserialize<TValue>(ref reader, options) ?? throw new JsonException("An id is missing."));

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, _unwrap(value), options);

        private static Func<TValue, TId> CompileConstructor()
        {
            var wrapped = Expression.Parameter(typeof(TValue));
            return Expression.Lambda<Func<TValue, TId>>(Expression.New(typeof(TId).GetConstructor([typeof(TValue)])!, wrapped), wrapped).Compile(); // CanConvert saw it
        }
    }
}
