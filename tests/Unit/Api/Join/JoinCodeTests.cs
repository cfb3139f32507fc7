using AV1Relay.Api.Join;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Join;

public sealed class JoinCodeTests
{
    [Fact]
    public void There_are_512_short_words_and_no_word_twice()
    {
        Assert.Equal(512, JoinWords.All.Length);
        Assert.Equal(512, JoinWords.All.Distinct().Count());
        Assert.All(JoinWords.All, word => Assert.Matches("^[a-z]{3,9}$", word));
    }

    [Fact]
    public void A_new_code_reads_like_two_words_and_a_number_and_has_one_spelling()
    {
        for (var time = 0; time < 200; time++)
        {
            var code = JoinCode.Generate();
            Assert.Matches("^[a-z]+-[a-z]+-[0-9]{4}$", code);
            Assert.True(JoinCode.TryCanonicalise(code, out var canonical));
            Assert.Equal(code.Replace("-", "", StringComparison.Ordinal), canonical);
        }
    }

    [Fact]
    public void Whatever_is_typed_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(20261109);
        for (var time = 0; time < 20_000; time++)
        {
            var typed = new string([.. Enumerable.Range(0, random.Next(70)).Select(_ => "aZ09 -_.\0\u00e9\ud83d%/"[random.Next(13)])]);
            if (JoinCode.TryCanonicalise(typed, out var canonical))
                Assert.Matches("^[a-z]{1,24}[0-9]{4}$", canonical);
        }
    }

    [Theory]
    [InlineData("amber-otter-1234")]
    [InlineData("Amber Otter 1234")]
    [InlineData(" AMBER otter12 34")]
    [InlineData("amberotter1234")]
    [InlineData("amber--otter_1234.")]
    public void Spelling_is_forgiven(string typed)
    {
        Assert.True(JoinCode.TryCanonicalise(typed, out var canonical));
        Assert.Equal("amberotter1234", canonical);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("amber")]
    [InlineData("1234")]
    [InlineData("amber-otter-123")]
    [InlineData("amber-otter-12345")]
    [InlineData("1234-amber-otter")]
    [InlineData("amber-ött-1234")]
    [InlineData("amber/otter/1234")]
    [InlineData("amber\0otter1234")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1234")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa-1234")]
    public void Anything_else_is_no_code(string? typed) => Assert.False(JoinCode.TryCanonicalise(typed, out _));
}
