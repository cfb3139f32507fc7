using System.Xml.Linq;
using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

public sealed class LightCardTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_printed_card_is_the_language_that_robots_speak()
    {
        var file = Path.Combine(ArchitectureTests.Root, "hardware", "light-card.svg");
        var card = LightCard.Draw(LightLanguage.Default);
        if (Environment.GetEnvironmentVariable("AV1RELAY_UPDATE_SCREENS") is not null) File.WriteAllText(file, card);

        Assert.Equal(card, File.ReadAllText(file)); // ./test.sh --update-screens draws it anew
    }

    [Fact]
    public void Every_sign_is_there_with_twelve_lights_and_its_words()
    {
        var card = XDocument.Parse(LightCard.Draw(LightLanguage.Default));
        var signs = Enum.GetValues<LightSign>();

        Assert.Equal(signs.Length * LightFrame.LedCount, card.Descendants(Svg + "circle").Count());
        var words = string.Join(' ', card.Descendants(Svg + "text").Select(text => text.Value));
        Assert.All(signs, sign => Assert.Contains(LightLanguage.Default[sign].Words.Split(": ")[^1][1..].Split(", ")[0], words, StringComparison.Ordinal));
    }
}
