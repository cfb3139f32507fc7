using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace AV1Relay.Hardware.Lights;

/// <summary>The card that explains the ring to a class, drawn from the language itself: A4 across, readable in black and white.</summary>
/// <remarks>Each sign by colour, by which LEDs are lit, and by its motion, in a picture and in words. Millimetres throughout.</remarks>
public static class LightCard
{
    private const double CellWidth = 69;
    private const double CellHeight = 58;
    private const double Left = 10.5;
    private const double Top = 27;
    private const double RingRadius = 12;
    private const double LedRadius = 2.3;
    private const int BoldCharactersPerLine = 31;
    private const int CharactersPerLine = 37;
    /// <summary>What a class meets most comes first, then what nobody sees or hears in, then what the technician is fetched for.</summary>
    private static readonly LightSign[][] Rows =
    [
        [LightSign.Live, LightSign.HandRaised, LightSign.NeedsAMinute, LightSign.Passive],
        [LightSign.Connecting, LightSign.Privacy, LightSign.Dark],
        [LightSign.Fault, LightSign.CertificateEnded, LightSign.TimeUnknown, LightSign.SessionRefused],
    ];

    private static readonly string[] Notes =
    [
        "The button with the curtain on the",
        "robot stops camera and microphone.",
        "Press it again to go on.",
        "",
        "The switch at its back takes their",
        "power away.",
        "",
        "Nothing is ever recorded.",
    ];

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>A whole SVG document, the same for the same language.</summary>
    /// <param name="language">Whose signs are drawn.</param>
    public static string Draw(LightLanguage language)
    {
        var card = new XElement(
            Svg + "svg", At("viewBox", "0 0 297 210"), At("width", "297mm"), At("height", "210mm"), At("font-family", "sans-serif"), At("role", "img"),
            new XElement(Svg + "title", "What the robot's lights say"),
            new XElement(Svg + "rect", At("width", 297), At("height", 210), At("fill", "#fff")),
            Text(Left, 15, 8, "What the robot's lights say", bold: true),
            Text(Left, 22, 4, "Dark or violet: nobody sees or hears. Amber: nothing is on, tell the technician. Anything else: your classmate is here or on the way."));
        for (var row = 0; row < Rows.Length; row++)
        {
            for (var column = 0; column < Rows[row].Length; column++)
                card.Add(Cell(language[Rows[row][column]], Left + (column * CellWidth), Top + (row * CellHeight)));
        }

        for (var line = 0; line < Notes.Length; line++)
            card.Add(Text(Left + (3 * CellWidth) + 4, Top + CellHeight + 12 + (5 * line), 3.4, Notes[line]));

        return card + "\n";
    }

    private static XElement Cell(LightPattern pattern, double x, double y)
    {
        var (looks, means) = Parts(pattern.Words);
        var cell = new XElement(Svg + "g", At("transform", string.Create(CultureInfo.InvariantCulture, $"translate({x:0.##} {y:0.##})")));
        cell.Add(new XElement(Svg + "rect", At("x", 1), At("y", 1), At("width", CellWidth - 3), At("height", CellHeight - 3), At("rx", 2), At("fill", "none"), At("stroke", "#b1b4b6"), At("stroke-width", 0.3)));
        var brightest = pattern.FrameAt(pattern.Layers.Select(layer => layer.Period).LastOrDefault() / 2); // a swell is at its height
        for (var led = 0; led < LightFrame.LedCount; led++) cell.Add(Led(brightest[led], led));
        cell.Add(Text((CellWidth / 2) + 19, 17, 3.2, Motion(pattern), anchor: "middle"));
        var line = 0;
        foreach (var words in Wrapped(means, BoldCharactersPerLine)) cell.Add(Text(4, 36.5 + (4.2 * line++), 3.4, words, bold: true));
        foreach (var words in Wrapped(looks, CharactersPerLine)) cell.Add(Text(4, 37.5 + (4.2 * line++), 3.1, words));
        return cell;
    }

    /// <summary>Unlit LEDs are small and hollow, so that a copy without colours says the same.</summary>
    private static XElement Led(LedColor light, int led)
    {
        var angle = ((led * 30) - 90) * Math.PI / 180;
        return new XElement(
            Svg + "circle", At("cx", (CellWidth / 2) - 8 + (RingRadius * Math.Cos(angle))), At("cy", 17.5 + (RingRadius * Math.Sin(angle))),
            At("r", light.IsLit ? LedRadius : LedRadius / 2), At("fill", light.IsLit ? $"#{light.R:x2}{light.G:x2}{light.B:x2}" : "#fff"),
            At("stroke", light.IsLit ? "#0b0c0c" : "#6f777b"), At("stroke-width", 0.4));
    }

    private static string Motion(LightPattern pattern) => pattern.Layers.LastOrDefault()?.Motion switch
    {
        null => "off",
        LightMotion.Steady => "steady",
        LightMotion.Breathe => "swelling",
        LightMotion.Pulse => "pulsing",
        _ => "going round",
    };

    private static (string Looks, string Means) Parts(string words)
    {
        var colon = words.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? (words, "") : (Capital(words[..colon]), Capital(words[(colon + 2)..]));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static IEnumerable<string> Wrapped(string text, int charactersPerLine)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > charactersPerLine)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0) yield return line.ToString();
    }

    private static XElement Text(double x, double y, double size, string words, bool bold = false, string anchor = "start") => new(
        Svg + "text", At("x", x), At("y", y), At("font-size", size), At("fill", "#0b0c0c"), bold ? At("font-weight", "bold") : null,
        anchor == "start" ? null : At("text-anchor", anchor), words);

    private static XAttribute At(string name, object value) => new(
        name, value is double number ? number.ToString("0.##", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!);
}
