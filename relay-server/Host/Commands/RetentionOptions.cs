using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AV1Relay.Domain.Privacy;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary>Classes of data, and for how long they are kept, as people type them.</summary>
internal static class RetentionOptions
{
    private static readonly Dictionary<string, RetentionClass> Classes = Enum.GetValues<RetentionClass>().ToDictionary(Kebab);

    private static readonly Dictionary<string, RetentionStart> Starts = Enum.GetValues<RetentionStart>().ToDictionary(Kebab);

    public static string Word(RetentionClass? @class) => @class is { } one ? Kebab(one) : "all";

    public static string Word(RetentionStart start) => Kebab(start);

    public static Option<RetentionClass?> Class(string description) => Words<RetentionClass?>(
        "--class", description, text => Classes.TryGetValue(text, out var one) ? one : null, Classes.Keys);

    public static Option<RetentionStart?> Start(string description) => Words<RetentionStart?>(
        "--start", description, text => Starts.TryGetValue(text, out var one) ? one : null, Starts.Keys);

    /// <summary><c>30d</c>, <c>6w</c>, <c>18m</c>, <c>31y</c>: days, weeks, months or years.</summary>
    public static Option<Period?> KeptFor(string description) => Words("--period", description, ReadPeriod, ["30d", "6w", "18m", "31y"]);

    private static Period? ReadPeriod(string text)
    {
        if (text.Length < 2) return null;
        if (!int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 36_500) return null;
        return text[^1] switch
        {
            'd' => Period.FromDays(number),
            'w' => Period.FromWeeks(number),
            'm' => Period.FromMonths(number),
            'y' when number <= 100 => Period.FromYears(number),
            _ => null,
        };
    }

    /// <param name="known">Those that there are, or examples of them.</param>
    private static Option<T?> Words<T>(string name, string description, Func<string, T?> read, IReadOnlyCollection<string> known)
    {
        return new Option<T?>(name) { Description = description, HelpName = string.Join('|', known), CustomParser = Parse };

        T? Parse(ArgumentResult result)
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (read(text) is { } value) return value;
            result.AddError($"{name} {text}: say {string.Join(", ", known)}.");
            return default;
        }
    }

    /// <summary><c>SessionDetail</c> is <c>session-detail</c>.</summary>
    private static string Kebab<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) =>
            (at > 0 && char.IsAsciiLetterUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));
}
