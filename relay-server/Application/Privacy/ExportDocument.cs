using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using NodaTime.Text;

namespace AV1Relay.Application.Privacy;

/// <summary>What is given out on one pupil as one JSON document, for people and for another system.</summary>
internal static class ExportDocument
{
    // What people wrote is read by people: é stays é.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and writes one record after another, however many there are.</summary>
    /// <returns>Those that are in it.</returns>
    public static async Task<IReadOnlyList<RecordFacts>> WriteAsync(
        IPupilData data, PupilExport export, ExportFor whom, Stream to, CancellationToken cancellationToken)
    {
        var written = new List<RecordFacts>();
        var names = data.Kinds.ToDictionary(kind => kind.Slug, kind => kind.Name);
        await using var writer = new Utf8JsonWriter(to, Options);
        writer.WriteStartObject();
        writer.WriteString("pupil", export.Pupil.ToString());
        writer.WriteString("takenAt", InstantPattern.General.Format(export.Act.At));
        writer.WriteString("for", whom.ToString());
        writer.WriteStartArray("records");
        foreach (var record in export.Records)
        {
            if (await data.ReadAsync(record, whom, cancellationToken) is not { } document) continue; // deleted meanwhile, or not for them
            written.Add(record);
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
        return written;
    }
}
