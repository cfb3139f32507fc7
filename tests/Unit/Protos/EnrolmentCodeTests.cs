using AV1Relay.Protos;
using Xunit;

namespace AV1Relay.Tests.Unit.Protos;

public sealed class EnrolmentCodeTests
{
    [Fact]
    public void A_printed_code_is_read_back()
    {
        var code = EnrolmentCode.Generate();

        Assert.True(EnrolmentCode.TryParse(code.ToPrinted(), out var again));
        Assert.Equal(code, again);
        Assert.Matches("^[0-9A-Z]{4}(-[0-9A-Z]{5}){4}$", code.ToPrinted());
    }

    [Fact]
    public void Every_shortened_code_is_refused_and_whatever_else_is_typed_is_read_or_refused()
    {
        var printed = EnrolmentCode.Generate().ToPrinted();
        for (var length = 0; length < printed.Length; length++)
            Assert.False(EnrolmentCode.TryParse(printed[..length], out _));

        var random = new Random(20261109);
        for (var time = 0; time < 20_000; time++)
        {
            var typed = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(0x20, 0x180))]);
            if (EnrolmentCode.TryParse(typed, out var code))
                Assert.Matches("^[0-9A-HJKMNP-TV-Z]{24}$", code.Id + code.Secret);
        }
    }

    [Fact]
    public void Spelling_is_forgiven()
    {
        Assert.True(EnrolmentCode.TryParse("  ol1a bcdef-ghjkm NPQRS-tvwxy ", out var code));
        Assert.Equal("011A", code.Id);
        Assert.Equal("BCDEFGHJKMNPQRSTVWXY", code.Secret);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCD")]
    [InlineData("ABCD-EFGHJ-KMNPQ-RSTVW-XYZ0")]
    [InlineData("ABCD-EFGHJ-KMNPQ-RSTVW-XYZ012")]
    [InlineData("ABCU-EFGHJ-KMNPQ-RSTVW-XYZ01")]
    [InlineData("ABCD/EFGHJ-KMNPQ-RSTVW-XYZ01")]
    public void Anything_else_is_no_code(string? text) => Assert.False(EnrolmentCode.TryParse(text, out _));

    [Fact]
    public void Printing_the_object_does_not_give_the_secret_away()
    {
        var code = EnrolmentCode.Generate();

        Assert.DoesNotContain(code.Secret[..5], $"{code}", StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_differ() => Assert.NotEqual(EnrolmentCode.Generate(), EnrolmentCode.Generate());
}
