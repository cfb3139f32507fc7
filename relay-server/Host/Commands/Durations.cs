using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AV1Relay.RelayServer.Commands;

/// <summary>Times as people type them: <c>90s</c>, <c>30m</c>, <c>8h</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static partial class Durations
{
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Pattern().Match(text);
        if (!match.Success || text.Length == 0)
            return false;
        duration = TimeSpan.FromDays(Number(match, 1)) + TimeSpan.FromHours(Number(match, 2))
            + TimeSpan.FromMinutes(Number(match, 3)) + TimeSpan.FromSeconds(Number(match, 4));
        return duration > TimeSpan.Zero && duration <= Longest;
    }

    /// <summary>For an option; adds an error in words instead of throwing.</summary>
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : string.Empty;
        if (!TryParse(text, out var duration))
            result.AddError($"'{text}' is not a time such as 90s, 30m, 8h or 1h30m, up to 30 days.");
        return duration;
    }

    private static int Number(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(\d{1,2})d)?(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,7})s)?$")]
    private static partial Regex Pattern();
}
