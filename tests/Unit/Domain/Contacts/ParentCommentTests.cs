using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Contacts;

public sealed class ParentCommentTests
{
    private static readonly Act Parent = new(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000005")), Instant.FromUtc(2026, 1, 14, 19, 0));

    [Fact]
    public void A_correction_keeps_the_original()
    {
        var corrected = Comment().Correct("Two lessons went well.", Parent).Value;

        Assert.Equal(("One lesson went well.", "Two lessons went well."), (corrected.Words, corrected.WordsNow));
    }

    [Fact]
    public void Nobody_corrects_what_somebody_else_wrote()
        => Assert.Equal("comment.not-yours", Comment().Correct("It went badly.", Parent with { Who = default }).Refusals[0].Code);

    [Fact]
    public void An_empty_correction_takes_nothing_away() => Assert.Equal("comment.empty", Comment().Correct(" ", Parent).Refusals[0].Code);

    private static ParentComment Comment() => ParentComment.Write(default, default, "One lesson went well.", Parent).Value;
}
