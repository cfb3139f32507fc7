using System.Text.Encodings.Web;
using System.Text.Json;

namespace AV1Relay.RelayServer.Commands;

/// <summary>What <c>--json</c> prints: one line, names in camel case.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Options);
}
