using System.Collections.Immutable;
using AV1Relay.Domain.Plans;
using AV1Relay.StaffConsole.Forms;

namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>What the pupil says to a change, as it was typed.</summary>
public sealed class TypedSay
{
    public string? Words { get; set; }

    public bool ChoseNotToSay { get; set; }

    /// <summary>One a line.</summary>
    public string? Manageable { get; set; }

    /// <inheritdoc cref="Manageable"/>
    public string? Motivating { get; set; }

    public bool IsConfidential { get; set; }

    /// <returns>Null: nobody asked, or two answers at once, which the errors say.</returns>
    internal PupilsSay? Read(string name, FormErrors errors)
    {
        var hasWords = !string.IsNullOrWhiteSpace(Words);
        if (hasWords && ChoseNotToSay)
            errors.Add($"{name}.Words", "There are words of the pupil's, and it is ticked that they chose not to say. Take one of the two out.");
        return hasWords == ChoseNotToSay
            ? null
            : new PupilsSay(Words?.Trim() ?? "", Lines(Manageable), Lines(Motivating), ChoseNotToSay, IsConfidential);
    }

    private static ImmutableArray<string> Lines(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
