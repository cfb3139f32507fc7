using System.Globalization;

namespace AV1Relay.RobotAgent.Body;

/// <summary>What <c>--camera</c> or <c>--microphone</c> names: the virtual classroom, what is plugged in, a device, or a file or URL that FFmpeg opens.</summary>
/// <param name="Source">A device, file or URL; null is the virtual classroom.</param>
/// <param name="ToneHz">Of the virtual classroom's chime.</param>
internal readonly record struct InputName(string? Source, double ToneHz)
{
    private const double UsualToneHz = 880;
    private const string TestName = "test";
    private const string AutoName = "auto";
    private const string CsiName = "csi";

    /// <summary>The virtual classroom.</summary>
    public static InputName Test { get; } = new(null, UsualToneHz);

    /// <summary>The camera or microphone that is plugged in.</summary>
    public static InputName Auto { get; } = new(AutoName, UsualToneHz);

    /// <summary>Chosen when it is opened, since it may come and go.</summary>
    public bool IsAuto => Source == AutoName;

    /// <summary>The camera at the board's ribbon connector.</summary>
    public bool IsCsi => Source == CsiName;

    /// <summary>A microphone by its ALSA name (<c>default</c>, <c>hw:1,0</c>), rather than a file, a URL, or a chain of FFmpeg's.</summary>
    public bool IsSoundCard => Source is { } name && !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("lavfi:", StringComparison.Ordinal) && !File.Exists(name);

    /// <param name="text"><c>auto</c>, <c>csi</c> (a camera), <c>test</c>, <c>test:TONE</c> (Hz), or a device, file or URL.</param>
    /// <param name="name">What it names.</param>
    /// <returns>False: a tone that is no number between 100 and 8,000.</returns>
    public static bool TryParse(string text, out InputName name)
    {
        name = Test;
        if (text == TestName) return true;
        if (!text.StartsWith(TestName + ":", StringComparison.Ordinal))
        {
            name = new(text, UsualToneHz);
            return text.Length > 0;
        }

        if (!double.TryParse(text.AsSpan(TestName.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var hertz) || hertz is not (>= 100 and <= 8000))
            return false;
        name = new(null, hertz);
        return true;
    }
}
