using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AV1Relay.Hardware.Linux;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

public sealed partial class WiringDiagramTests
{
    [Fact]
    public void The_picture_is_what_the_drivers_use()
    {
        var file = Path.Combine(ArchitectureTests.Root, "hardware", "wiring.svg");
        var picture = WiringDiagram.Draw();
        if (Environment.GetEnvironmentVariable("AV1RELAY_UPDATE_SCREENS") is not null) File.WriteAllText(file, picture);

        Assert.Equal(picture, File.ReadAllText(file)); // ./test.sh --update-screens draws it anew
    }

    [Fact]
    public void No_two_wires_lie_over_each_other()
    {
        const double Apart = 10; // a tenth of a millimetre each: twice a wire
        var wires = XDocument.Parse(WiringDiagram.Draw()).Descendants().Select(element => element.Attribute("d")?.Value).OfType<string>().Select(Segments).ToList();
        for (var i = 0; i < wires.Count; i++)
        {
            foreach (var other in wires.Skip(i + 1))
            {
                if (wires[i][0].From == other[0].From) continue; // two that begin at one pin
                foreach (var (a, b) in wires[i].SelectMany(segment => other.Select(against => (segment, against))))
                {
                    var alongX = Math.Min(a.Max(0), b.Max(0)) - Math.Max(a.Min(0), b.Min(0));
                    var alongY = Math.Min(a.Max(1), b.Max(1)) - Math.Max(a.Min(1), b.Min(1));
                    Assert.False((alongX > 0 && alongY > -Apart && a.IsLevel && b.IsLevel) || (alongY > 0 && alongX > -Apart && !a.IsLevel && !b.IsLevel), $"{string.Join(' ', a.Ends)} and {string.Join(' ', b.Ends)}");
                }
            }
        }
    }

    [Fact]
    public void Everything_is_on_the_page()
    {
        var picture = XDocument.Parse(WiringDiagram.Draw());
        foreach (var box in picture.Descendants().Where(element => element.Name.LocalName == "rect"))
            Assert.InRange(Number(box, "y") + Number(box, "height"), 0, 2970);
        foreach (var words in picture.Descendants().Where(element => element.Name.LocalName == "text"))
            Assert.InRange(Number(words, "x") + (words.Attribute("text-anchor") is null ? words.Value.Length * Number(words, "font-size") * 0.5 : 0), 0, 2050);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static List<Segment> Segments(string path)
    {
        var (x, y) = (0.0, 0.0);
        var segments = new List<Segment>();
        foreach (Match step in Step().Matches(path))
        {
            var to = step.Groups[2].Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            var before = (x, y);
            (x, y) = step.Groups[1].Value switch { "H" => (to[0], y), "V" => (x, to[0]), _ => (to[0], to[1]) };
            if (step.Groups[1].Value != "M") segments.Add(new([before.x, before.y, x, y]));
        }

        return segments;
    }

    [GeneratedRegex("([MHV])([-0-9. ]+)")]
    private static partial Regex Step();

    private sealed record Segment(double[] Ends)
    {
        public (double X, double Y) From => (Ends[0], Ends[1]);

        public bool IsLevel => Ends[1] == Ends[3];

        public double Min(int axis) => Math.Min(Ends[axis], Ends[axis + 2]);

        public double Max(int axis) => Math.Max(Ends[axis], Ends[axis + 2]);
    }
}
