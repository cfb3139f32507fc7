using System.Globalization;
using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Latency;

/// <summary>What the relay says of itself: kernel's receive time stamp to return of the send, from its metrics page.</summary>
public static partial class RelayLatency
{
    /// <returns>ms.</returns>
    /// <exception cref="InvalidDataException">The metrics page has no such figure.</exception>
    public static async Task<Percentiles> ReadAsync(HttpClient http, Uri relay, CancellationToken cancellationToken)
    {
        var metrics = await http.GetStringAsync(new Uri(relay, "metrics"), cancellationToken);
        var quantiles = Quantile().Matches(metrics).ToDictionary(match => match.Groups[1].Value, match => Number(match.Groups[2].Value));
        var count = Count().Match(metrics);
        if (!count.Success || quantiles.Count < 3) throw new InvalidDataException("The relay's metrics page has no av1relay_forwarding_latency_seconds.");
        return new(1000 * quantiles["0.5"], 1000 * quantiles["0.95"], 1000 * quantiles["0.99"], (int)Number(count.Groups[1].Value));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^av1relay_forwarding_latency_seconds\{quantile=""([\d.]+)""\} (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Quantile();

    [GeneratedRegex(@"^av1relay_forwarding_latency_seconds_count (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Count();
}
