using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Contacts;

public sealed class SentHomeTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 14, 12, 0);
    private static readonly SentHome News = new(
        default, default, SentHomeKind.ClubNews, ContactWith.PupilAndParent, "Chess club", "Thursdays in room 4", new Act(default, Now), []);

    [Fact]
    public void It_waits_for_nobody() => Assert.False(News.IsAcknowledged);

    [Fact]
    public void A_pupil_or_parent_says_that_they_have_seen_it()
        => Assert.True(News.Acknowledge(new Acknowledgement("parent-1", Now + Duration.FromHours(1), "Thank you")).Value.IsAcknowledged);

    [Fact]
    public void The_first_time_counts()
    {
        var seen = News.Acknowledge(new Acknowledgement("parent-1", Now)).Value;

        Assert.Equal(Now, Assert.Single(seen.Acknowledge(new Acknowledgement("parent-1", Now + Duration.FromHours(1))).Value.Acknowledgements).At);
    }

    [Fact]
    public void Nobody_has_seen_it_before_it_was_sent()
        => Assert.Equal("sent-home.not-sent-yet", News.Acknowledge(new Acknowledgement("parent-1", Now - Duration.FromHours(1))).Refusals[0].Code);

    [Fact]
    public void Nothing_is_sent_without_a_title()
        => Assert.Equal(
            "sent-home.title-missing",
            SentHome.Send(default, default, SentHomeKind.Work, ContactWith.Pupil, " ", "Page 12", new Act(default, Now)).Refusals[0].Code);

    [Fact]
    public void It_is_not_rebuilt_as_seen_before_it_was_sent()
        => Assert.Throws<ArgumentException>(() => new SentHome(
            default, default, News.Kind, News.To, News.Title, News.Words, News.Sent, [new Acknowledgement("parent-1", Now - Duration.Epsilon)]));
}
