using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using AV1Relay.Sfu;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The media relay's limits and times by their names, as <c>--media-limit NAME=NUMBER</c> takes them.</summary>
internal static class MediaLimits
{
    private static readonly string[] SetOtherwise = [nameof(SfuOptions.MediaPort), nameof(SfuOptions.Shards)]; // options of their own

    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(SfuOptions)
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.PropertyType == typeof(int) && property.CanWrite && !SetOtherwise.Contains(property.Name))
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names { get; } = [.. Properties.Keys.Order(StringComparer.Ordinal)];

    /// <param name="text">NAME=NUMBER.</param>
    public static bool TryParse(string text, out string name, out int value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (0, null);
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        name = parts[0];
        if (!Properties.TryGetValue(name, out var property))
            problem = $"there is no limit '{name}'. There are: {string.Join(", ", Names)}.";
        else if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out value))
            problem = $"{property.Name} is set with a whole number, such as {property.Name}={property.GetValue(new SfuOptions())}.";
        else
            name = property.Name;
        return problem is null;
    }

    /// <summary>Sets what differs, before anybody else has the options.</summary>
    public static void Apply(IReadOnlyDictionary<string, int> limits, SfuOptions options)
    {
        foreach (var (name, value) in limits)
            Properties[name].SetValue(options, value);
    }

    /// <returns>What is wrong with them, in words; null when nothing is.</returns>
    public static string? ProblemOf(SfuOptions options)
    {
        var result = new SfuOptionsValidator().Validate(null, options);
        return result.Failed ? result.FailureMessage : null;
    }
}
