using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Plain System.Text.Json: times by their usual text, and nothing particular to any type of ours.</summary>
internal static class StoredAsJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        RespectRequiredConstructorParameters = true,
        Converters = { new TimeTexts(), new ZoneText(), new DatesText(), new IntervalText() },
    };

    // NodaTime's values say themselves how they are written as text.
    private sealed class TimeTexts : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.Namespace == nameof(NodaTime) && TypeDescriptor.GetConverter(typeToConvert).CanConvertFrom(typeof(string));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TimeText<>).MakeGenericType(typeToConvert))!; // not null: it has a constructor
    }

    private sealed class TimeText<T> : JsonConverter<T>
    {
        private static readonly TypeConverter Text = TypeDescriptor.GetConverter(typeof(T));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (T)Text.ConvertFromInvariantString(reader.GetString()!)!; // not null: each is written as a text

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Text.ConvertToInvariantString(value));
    }

    private sealed class ZoneText : JsonConverter<DateTimeZone>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(DateTimeZone).IsAssignableFrom(typeToConvert);

        public override DateTimeZone Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeZoneProviders.Tzdb[reader.GetString()!]; // not null: written below

        public override void Write(Utf8JsonWriter writer, DateTimeZone value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
    }

    private sealed class DatesText : JsonConverter<DateInterval>
    {
        public override DateInterval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var dates = JsonSerializer.Deserialize<LocalDate[]>(ref reader, options)!; // not null: written below
            return new DateInterval(dates[0], dates[1]);
        }

        public override void Write(Utf8JsonWriter writer, DateInterval value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new[] { value.Start, value.End }, options);
    }

    private sealed class IntervalText : JsonConverter<Interval>
    {
        public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var ends = JsonSerializer.Deserialize<Instant?[]>(ref reader, options)!; // not null: written below
            return new Interval(ends[0], ends[1]);
        }

        public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new[] { value.HasStart ? value.Start : (Instant?)null, value.HasEnd ? value.End : null }, options);
    }
}
