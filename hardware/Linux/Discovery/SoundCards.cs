namespace AV1Relay.Hardware.Linux.Discovery;

/// <summary>The sound cards that are plugged in, by the names that ALSA gives them: numbers change, names stay.</summary>
public sealed class SoundCards
{
    private const string KernelFolder = "/proc/asound";
    private const string UsbDriver = "USB-Audio";

    private readonly string _folder;

    /// <param name="folder">Where ALSA shows its cards.</param>
    public SoundCards(string folder = KernelFolder) => _folder = folder;

    /// <summary>Cards with a microphone, those on USB first.</summary>
    public IReadOnlyList<MediaDevice> ListMicrophones() => List("pcm0c");

    /// <summary>Cards with a speaker, those on USB first.</summary>
    public IReadOnlyList<MediaDevice> ListSpeakers() => List("pcm0p");

    /// <exception cref="HardwareException">There is none.</exception>
    public MediaDevice FirstMicrophone() => ListMicrophones() is [var first, ..] ? first : throw Missing("microphone");

    /// <exception cref="HardwareException">There is none.</exception>
    public MediaDevice FirstSpeaker() => ListSpeakers() is [var first, ..] ? first : throw Missing("speaker");

    /// <summary>Whether two ALSA devices are surely two cards: <c>plughw:CARD=S510,DEV=0</c> and <c>hw:Device</c> are, <c>default</c> and anything may be one.</summary>
    public static bool AreTwo(string device, string other) =>
        CardOf(device) is { Length: > 0 } card && CardOf(other) is { Length: > 0 } otherCard && char.IsAsciiDigit(card[0]) == char.IsAsciiDigit(otherCard[0]) && card != otherCard;

    /// <summary>Reads <c>/proc/asound/cards</c>: <c> 1 [S510           ]: USB-Audio - Jabra SPEAK 510</c> and a second line for people.</summary>
    /// <returns>Number, name, and whether it is on USB.</returns>
    internal static IEnumerable<(int Number, string Name, bool IsUsb)> Parse(string cards)
    {
        foreach (var line in cards.Split('\n'))
        {
            var (open, close) = (line.IndexOf('[', StringComparison.Ordinal), line.IndexOf(']', StringComparison.Ordinal));
            if (open < 0 || close < open || !int.TryParse(line.AsSpan(0, open), out var number)) continue;
            var name = line[(open + 1)..close].Trim();
            if (name.Length > 0) yield return (number, name, line.AsSpan(close + 1).TrimStart(": ").StartsWith(UsbDriver, StringComparison.Ordinal));
        }
    }

    /// <summary>A card's name or number; null where the device does not say, as those do not that stand for others (<c>default</c>, <c>plug:hw:1</c>).</summary>
    private static string? CardOf(string device)
    {
        const string Named = "CARD=";
        var colon = device.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || device[..colon] is not ("hw" or "plughw" or "sysdefault" or "front")) return null;
        var arguments = device[(colon + 1)..].Split(',');
        if (Array.Find(arguments, argument => argument.StartsWith(Named, StringComparison.Ordinal)) is { } named) return named[Named.Length..];
        return arguments[0].Contains('=', StringComparison.Ordinal) ? null : arguments[0];
    }

    private static HardwareException Missing(string what) =>
        new(HardwareFault.Missing, $"No {what} is plugged in, or the privacy switch has cut its power.");

    private List<MediaDevice> List(string pcm)
    {
        try
        {
            return
            [
                .. Parse(File.ReadAllText(Path.Combine(_folder, "cards")))
                    .Where(card => Directory.Exists(Path.Combine(_folder, $"card{card.Number}", pcm)))
                    .OrderByDescending(card => card.IsUsb).ThenBy(card => card.Name, StringComparer.Ordinal)
                    .Select(card => new MediaDevice(card.Name, $"plughw:CARD={card.Name},DEV=0")),
            ];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return []; // no sound in this kernel
        }
    }
}
