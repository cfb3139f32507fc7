using System.Text.Json;

namespace AV1Relay.Tests.Rig;

/// <summary>What the robot's own page says of it (<c>GET /state</c>).</summary>
public sealed class RobotState(JsonElement json)
{
    public bool HandRaised => json.GetProperty("handRaised").GetBoolean();

    public bool IsLive => json.GetProperty("live").GetBoolean();

    public double Pan => json.GetProperty("pose").GetProperty("pan").GetDouble();

    /// <summary>The strongest tone at the speaker, Hz; 0 while there is none.</summary>
    public double SpeakerToneHz => json.GetProperty("speaker").TryGetProperty("toneHz", out var tone) && tone.ValueKind == JsonValueKind.Number ? tone.GetDouble() : 0;

    public JsonElement Json => json;

    public static async Task<RobotState> ReadAsync(HttpClient http, Uri page, CancellationToken cancellationToken)
        => new(JsonDocument.Parse(await http.GetStringAsync(new Uri(page, "state"), cancellationToken)).RootElement);
}
