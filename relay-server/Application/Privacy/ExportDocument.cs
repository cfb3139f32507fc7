using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using NodaTime.Text;

namespace AV1Relay.Application.Privacy;

/// <summary>Everything on one pupil as one JSON document, for the family and for another system (UK GDPR Art. 15 and 20).</summary>
internal static class ExportDocument
{
    // What people wrote is read by people: é stays é.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and writes one record after another, however many there are.</summary>
    public static async Task WriteAsync(IPupilData data, PupilExport export, Stream to, CancellationToken cancellationToken)
    {
        var names = data.Kinds.ToDictionary(kind => kind.Slug, kind => kind.Name);
        await using var writer = new Utf8JsonWriter(to, Options);
        writer.WriteStartObject();
        writer.WriteString("pupil", export.Pupil.ToString());
        writer.WriteString("takenAt", InstantPattern.General.Format(export.Act.At));
        writer.WriteStartArray("records");
        foreach (var record in export.Records)
        {
            if (await data.ReadAsync(record, cancellationToken) is not { } document) continue; // deleted meanwhile
            writer.WriteStartObject();
            writer.WriteString("kind", record.Kind);
            writer.WriteString("name", names[record.Kind]);
            writer.WriteString("class", record.Class.ToString());
            writer.WriteString("id", record.Id);
            writer.WriteString("recordedOn", record.RecordedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteNumber("version", document.Version);
            writer.WritePropertyName("record");
            writer.WriteRawValue(document.Json);
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
