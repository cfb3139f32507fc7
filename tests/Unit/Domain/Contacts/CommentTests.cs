using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Contacts;

public sealed class CommentTests
{
    private static readonly Act Parent = new(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000005")), Instant.FromUtc(2026, 1, 14, 19, 0));

    [Fact]
    public void A_correction_keeps_the_original()
    {
        var corrected = Written().Correct("Two lessons went well.", Parent).Value;

        Assert.Equal(("One lesson went well.", "Two lessons went well."), (corrected.Words, corrected.WordsNow));
    }

    [Fact]
    public void Nobody_corrects_what_somebody_else_wrote()
        => Assert.Equal("comment.not-yours", Written().Correct("It went badly.", Parent with { Who = default }).Refusals[0].Code);

    [Fact]
    public void An_empty_correction_takes_nothing_away() => Assert.Equal("comment.empty", Written().Correct(" ", Parent).Refusals[0].Code);

    [Fact]
    public void An_empty_comment_is_not_written() => Assert.Equal("comment.empty", Comment.Write(default, default, null, " ", Parent).Refusals[0].Code);

    [Fact]
    public void A_parent_comments_on_a_contact()
        => Assert.Equal(new ContactId(Guid.Empty), Comment.Write(default, default, new ContactId(Guid.Empty), "Thank you for calling.", Parent).Value.Contact);

    [Fact]
    public void It_is_not_rebuilt_with_a_correction_by_somebody_else()
        => Assert.Throws<ArgumentException>(
            () => new Comment(default, default, null, "Well.", Parent, [new CommentCorrection("Badly.", Parent with { Who = default })]));

    private static Comment Written() => Comment.Write(default, default, null, "One lesson went well.", Parent).Value;
}
