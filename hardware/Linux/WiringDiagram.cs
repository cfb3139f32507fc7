using System.Globalization;
using System.Xml.Linq;

namespace AV1Relay.Hardware.Linux;

/// <summary>The wiring of the reference robot as a picture, drawn from <see cref="ReferenceWiring"/>, so that it can't differ from what the drivers use.</summary>
/// <remarks>Units are tenths of a millimetre on A4 upright.</remarks>
public static class WiringDiagram
{
    private const int HeaderPins = 40;
    private const double HeaderLeft = 120;
    private const double HeaderTop = 330;
    private const double PinPitch = 62;
    private const double PartLeft = 900;
    private const double PartWidth = 1080;
    private const double PartGap = 26;
    private const double LineHeight = 40;
    private const double EndPitch = 48;
    private const double FirstEnd = 45; // no wire's end lies on another's beginning: a test says so
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>A colour for each wire of a part, told apart by their ends' labels too.</summary>
    private static readonly string[] WireColours = ["#1d70b8", "#b35b00", "#00703c", "#4c2c92"];

    /// <summary>A whole SVG document.</summary>
    public static string Draw()
    {
        var picture = new XElement(
            Svg + "svg", At("viewBox", "0 0 2100 2970"), At("width", "210mm"), At("height", "297mm"), At("font-family", "sans-serif"), At("role", "img"),
            new XElement(Svg + "title", "Wiring of the reference robot"),
            Box(0, 0, 2100, 2970, "#fff", null),
            Text(120, 130, 64, "Wiring of the reference robot", bold: true),
            Text(120, 195, 34, "Raspberry Pi 5 or 4, 40-pin header seen from above, pin 1 at the corner with the square pad."),
            Text(120, 240, 34, "Switch everything off before a wire is moved."));
        Header(picture, [.. ReferenceWiring.Parts.SelectMany(part => part.Pins).Select(pin => pin.Number)]);
        var top = HeaderTop - 30;
        var lane = 0;
        foreach (var part in ReferenceWiring.Parts.Where(part => part.Pins.Count > 0)) top = Wired(picture, part, top, ref lane);
        top = Usb(picture, ReferenceWiring.Parts.Where(part => part.Pins.Count == 0).ToList(), Math.Max(top, HeaderTop + (HeaderPins / 2 * PinPitch)) + 20);
        Power(picture, top + 30);
        return picture + "\n";
    }

    private static void Header(XElement picture, HashSet<int> used)
    {
        picture.Add(Box(HeaderLeft - 20, HeaderTop - 50, 250, (HeaderPins / 2 * PinPitch) + 50, "#f3f2f1", "#0b0c0c"));
        for (var pin = 1; pin <= HeaderPins; pin++)
        {
            var (x, y) = PinAt(pin);
            picture.Add(
                new XElement(
                    Svg + "rect", At("x", x - 18), At("y", y - 18), At("width", 36), At("height", 36), At("rx", pin == 1 ? 2 : 18),
                    At("fill", used.Contains(pin) ? "#ffdd00" : "#fff"), At("stroke", "#0b0c0c"), At("stroke-width", 3)),
                Text(x, y + 9, 24, pin.ToString(CultureInfo.InvariantCulture), anchor: "middle"));
        }
    }

    private static double Wired(XElement picture, WiredPart part, double top, ref int lane)
    {
        var height = 70 + ((part.Pins.Count + 2) * LineHeight);
        picture.Add(
            Box(PartLeft, top, PartWidth, height, "#fff", "#0b0c0c"),
            Text(PartLeft + 310, top + 55, 40, part.Name, bold: true));
        Lines(picture, PartLeft + 310, top + 102, [.. part.Device.Split("; "), part.Bus]);
        for (var i = 0; i < part.Pins.Count; i++)
        {
            var pin = part.Pins[i];
            var (x, y) = PinAt(pin.Number);
            var end = top + FirstEnd + (i * EndPitch);
            var turn = PartLeft - 60 - (lane++ * 22);
            picture.Add(
                new XElement(
                    Svg + "path", At("d", string.Create(CultureInfo.InvariantCulture, $"M{x + 18:0} {y:0}{Aside(pin.Number, x, y)}H{turn:0}V{end:0}H{PartLeft:0}")), At("fill", "none"),
                    At("stroke", WireColours[i % WireColours.Length]), At("stroke-width", 5)),
                Text(PartLeft + 14, end + 10, 28, $"{pin.Number}: {pin.Signal}"));
        }

        return top + height + PartGap;
    }

    private static void Lines(XElement picture, double x, double y, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++) picture.Add(Text(x, y + (i * LineHeight), 28, lines[i]));
    }

    private static double Usb(XElement picture, IReadOnlyList<WiredPart> parts, double top)
    {
        const double Width = 560;
        picture.Add(Text(120, top + 40, 44, "On USB", bold: true));
        var throughSwitch = parts.Where(part => part.Bus.Contains("privacy switch", StringComparison.Ordinal)).ToList();
        var x = 120.0;
        foreach (var part in parts)
        {
            picture.Add(
                Box(x, top + 80, Width, 250, "#fff", "#0b0c0c"), Text(x + 24, top + 140, 38, part.Name, bold: true), new XElement(
                    Svg + "path", At("d", string.Create(CultureInfo.InvariantCulture, $"M{x + (Width / 2):0} {top + 330:0}V{top + 440:0}")), At("stroke", "#0b0c0c"),
                    At("stroke-width", 6), At("fill", "none"), throughSwitch.Contains(part) ? At("stroke-dasharray", "20 12") : null));
            Lines(picture, x + 24, top + 190, [.. part.Device.Split(", "), .. part.Bus.Split(", ")]);
            x += Width + 80;
        }

        picture.Add(
            Box(120, top + 440, 1840, 110, "#f3f2f1", "#0b0c0c"), Text(150, top + 508, 38, "USB sockets of the Raspberry Pi"),
            Text(120, top + 600, 30, "Dashed: the privacy switch's first pole cuts the 5 V wire of both cables; its second pole is the contact on the header."),
            Text(120, top + 642, 30, "No program can close it again."));
        return top + 660;
    }

    private static void Power(XElement picture, double top)
    {
        const double Width = 400, Height = 104, Gap = 80;
        picture.Add(Text(120, top + 40, 44, "Power", bold: true), Text(330, top + 40, 30, "All grounds are one. The light ring's 5 V comes from the header."));
        var columns = ReferenceWiring.Power.Max(line => line.Count);
        for (var row = 0; row < ReferenceWiring.Power.Count; row++)
        {
            var line = ReferenceWiring.Power[row];
            var y = top + 76 + (row * (Height + 36));
            for (var i = 0; i < line.Count; i++)
            {
                var x = 120 + ((columns - line.Count + i) * (Width + Gap));
                if (i > 0) picture.Add(Wire($"M{x - Gap:0} {y + (Height / 2):0}H{x:0}"));
                else if (row > 0) picture.Add(Wire($"M{x - Gap - (Width / 2):0} {y - 36:0}V{y + (Height / 2):0}H{x:0}"));
                picture.Add(Box(x, y, Width, Height, "#fff", "#0b0c0c"));
                Lines(picture, x + 20, y + 44, line[i].Split("; "));
            }
        }
    }

    private static XElement Wire(FormattableString path) => new(
        Svg + "path", At("d", path.ToString(CultureInfo.InvariantCulture)), At("fill", "none"), At("stroke", "#0b0c0c"), At("stroke-width", 6));

    /// <summary>A wire from the row at the left passes between the pins of the other.</summary>
    private static string Aside(int pin, double x, double y) =>
        pin % 2 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"H{x + 45:0}V{y + (PinPitch / 2):0}");

    private static (double X, double Y) PinAt(int pin) => (HeaderLeft + 40 + ((pin - 1) % 2 * 110), HeaderTop + ((pin - 1) / 2 * PinPitch));

    private static XElement Box(double x, double y, double width, double height, string fill, string? stroke) => new(
        Svg + "rect", At("x", x), At("y", y), At("width", width), At("height", height), At("fill", fill), stroke is null ? null : At("stroke", stroke),
        stroke is null ? null : At("stroke-width", 4));

    private static XElement Text(double x, double y, double size, string words, bool bold = false, string anchor = "start") => new(
        Svg + "text", At("x", x), At("y", y), At("font-size", size), At("fill", "#0b0c0c"), bold ? At("font-weight", "bold") : null,
        anchor == "start" ? null : At("text-anchor", anchor), words);

    private static XAttribute At(string name, object value) => new(
        name, value is double number ? number.ToString("0.##", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!);
}
