using AV1Relay.Domain.Reminders;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Reminders;

/// <summary>No evening tells twice: how far one has come, try by try.</summary>
public class EveningMarkTests
{
    private static readonly LocalDate Monday = new(2026, 11, 9);
    private static readonly Instant Five = Instant.FromUtc(2026, 11, 9, 17, 0);

    [Fact]
    public void Who_has_just_asked_may_be_told_the_same_evening() => Assert.True(EveningMark.Never.MayTry(Monday, Five));

    [Theory]
    [InlineData(MailOutcome.Taken)]
    [InlineData(MailOutcome.AddressRefused)]
    [InlineData(MailOutcome.MailRefused)]
    [InlineData(MailOutcome.Unknown)] // it may have arrived
    public void Once_handed_over_it_is_not_handed_over_again_that_evening_but_the_next(MailOutcome outcome)
    {
        var after = EveningMark.Never.Begin(Monday).After(outcome, Five);

        Assert.False(after.MayTry(Monday, Five + Duration.FromHours(3)));
        Assert.True(after.MayTry(Monday.PlusDays(1), Five + Duration.FromDays(1)));
    }

    [Fact]
    public void One_that_was_begun_and_never_answered_is_not_begun_again() => Assert.False(EveningMark.Never.Begin(Monday).MayTry(Monday, Five + Duration.FromHours(3)));

    [Fact]
    public void An_evening_with_nothing_to_tell_is_over() => Assert.False(EveningMark.Never.Nothing(Monday).MayTry(Monday, Five + Duration.FromHours(3)));

    [Fact]
    public void A_clock_that_goes_back_a_day_tells_nothing_again() =>
        Assert.False(EveningMark.Never.Begin(Monday).After(MailOutcome.Taken, Five).MayTry(Monday.PlusDays(-1), Five - Duration.FromDays(1)));

    [Fact]
    public void What_was_surely_not_taken_is_tried_again_the_same_evening_each_time_later()
    {
        List<double> minutes = [];
        var (mark, now) = (EveningMark.Never, Five);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            mark = mark.Begin(Monday).After(MailOutcome.TryLater, now);
            minutes.Add((mark.NotBefore!.Value - now).TotalMinutes); // it waits
            Assert.False(mark.MayTry(Monday, mark.NotBefore.Value - Duration.Epsilon));
            Assert.True(mark.MayTry(Monday, now = mark.NotBefore.Value));
        }

        Assert.Equal([10, 25, 55, 55, 55], minutes);
    }

    [Fact]
    public void What_waits_on_one_evening_is_not_made_good_on_the_next_but_told_anew()
    {
        var next = EveningMark.Never.Begin(Monday).After(MailOutcome.TryLater, Five).Begin(Monday.PlusDays(1));

        Assert.Equal((Monday.PlusDays(1), 1), (next.Day, next.Tries));
    }

    [Fact]
    public void An_address_that_refuses_on_three_evenings_in_a_row_is_left_alone_until_its_holder_asks_again()
    {
        var mark = EveningMark.Never;
        for (var day = 0; day < 3; day++) mark = mark.Begin(Monday.PlusDays(day)).After(MailOutcome.AddressRefused, Five);

        Assert.False(mark.MayTry(Monday.PlusDays(7), Five + Duration.FromDays(7)));
        Assert.True(mark.AskedAgain().MayTry(Monday.PlusDays(7), Five + Duration.FromDays(7)));
    }

    [Fact]
    public void One_that_arrives_between_makes_the_refusals_good()
    {
        var mark = EveningMark.Never;
        foreach (var (outcome, day) in new[] { MailOutcome.AddressRefused, MailOutcome.AddressRefused, MailOutcome.Taken, MailOutcome.AddressRefused }.Select((outcome, day) => (outcome, day)))
            mark = mark.Begin(Monday.PlusDays(day)).After(outcome, Five);

        Assert.Equal((1, false), (mark.RefusedInARow, mark.IsPaused));
    }
}
