using AV1Relay.Domain.People;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Referrals.Given;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

public sealed class ReferralTests
{
    [Fact]
    public void It_goes_from_draft_to_answered()
        => Assert.Equal(
            [ReferralStatus.Draft, ReferralStatus.Assembled, ReferralStatus.SignedOff, ReferralStatus.Sent, ReferralStatus.Answered],
            new[] { Draft(), Assembled(), SignedOff(), Sent(), Sent().Answer("Yes", Answering).Value }.Select(referral => referral.Status));

    [Fact]
    public void Nobody_signs_off_what_they_have_not_read() => AssertRefused("referral.not-read", Read(Assembly).SignOff(SignOff));

    [Fact]
    public void Nobody_signs_off_what_was_assembled_anew_since_they_read_it()
        => AssertRefused("referral.changed", Read(SignOff).Assemble(Sources(), Assembly).Value.SignOff(SignOff));

    [Fact]
    public void Nobody_signs_off_what_was_rewritten_since_they_read_it()
        => AssertRefused("referral.changed", Read(SignOff).Rewrite("Something else", Assembly).Value.SignOff(SignOff));

    [Fact]
    public void Reading_an_older_page_is_not_reading_what_it_says_now()
        => AssertRefused("referral.changed", Assembled().Read(Assembled().Version - 1, SignOff));

    [Fact]
    public void Reading_the_same_version_again_changes_nothing()
    {
        var read = Read(SignOff);

        Assert.Same(read, read.Read(read.Version, SignOff with { At = SignOff.At + Duration.FromHours(1) }).Value);
    }

    [Fact]
    public void A_draft_without_evidence_is_not_signed_off() => AssertRefused("referral.not-assembled", Draft().Read(1, SignOff).Value.SignOff(SignOff));

    [Fact]
    public void What_asks_for_nothing_is_not_signed_off()
    {
        var silent = Assembled().Rewrite(" ", Assembly).Value;

        AssertRefused("referral.nothing-asked", silent.Read(silent.Version, SignOff).Value.SignOff(SignOff));
    }

    [Fact]
    public void What_is_signed_off_is_not_assembled_anew() => AssertRefused("referral.signed-off", SignedOff().Assemble(Sources(), Assembly));

    [Fact]
    public void What_is_signed_off_is_not_rewritten() => AssertRefused("referral.signed-off", SignedOff().Rewrite("Something else", Assembly));

    [Fact]
    public void What_is_signed_off_is_not_signed_off_once_more() => AssertRefused("referral.signed-off", SignedOff().SignOff(SignOff));

    [Fact]
    public void What_is_reopened_is_read_again() => AssertRefused("referral.changed", SignedOff().Reopen(Assembly).Value.SignOff(SignOff));

    [Fact]
    public void What_is_not_signed_off_is_not_reopened() => AssertRefused("referral.not-signed-off", Assembled().Reopen(Assembly));

    [Fact]
    public void Only_what_is_signed_off_is_sent() => AssertRefused("referral.not-signed-off", Assembled().Send("Inclusion service", Sending));

    [Fact]
    public void It_is_sent_to_somebody() => AssertRefused("referral.no-recipient", SignedOff().Send(" ", Sending));

    [Fact]
    public void It_is_sent_after_it_was_signed_off() => AssertRefused("referral.sent-too-early", SignedOff().Send("Inclusion service", Assembly));

    [Fact]
    public void What_was_sent_is_not_reopened() => AssertRefused("referral.sent", Sent().Reopen(Assembly));

    [Fact]
    public void What_was_sent_is_not_sent_again() => AssertRefused("referral.sent", Sent().Send("Inclusion service", Sending));

    [Fact]
    public void Only_what_was_sent_is_answered() => AssertRefused("referral.not-sent", SignedOff().Answer("Yes", Answering));

    [Fact]
    public void An_answer_says_something() => AssertRefused("referral.empty-answer", Sent().Answer(" ", Answering));

    [Fact]
    public void An_answer_comes_after_it_was_sent() => AssertRefused("referral.answered-too-early", Sent().Answer("Yes", SignOff));

    [Fact]
    public void It_is_answered_once() => AssertRefused("referral.answered", Sent().Answer("Yes", Answering).Value.Answer("No", Answering));

    [Fact]
    public void It_is_rebuilt_as_it_was() => Assert.Equal(Sent(), Rebuilt(Sent()), (one, other) => one.Status == other.Status && one.Version == other.Version
        && one.Evidence.Select(item => item.Title).SequenceEqual(other.Evidence.Select(item => item.Title)));

    [Fact]
    public void It_is_not_rebuilt_as_signed_off_by_somebody_who_had_not_read_it()
        => Assert.Throws<ArgumentException>(() => Rebuilt(Read(Assembly), signedOff: SignOff));

    [Fact]
    public void It_is_not_rebuilt_as_read_before_it_was_written()
        => Assert.Throws<ArgumentException>(() => Rebuilt(Draft(), reading: new ReferralReading(2, SignOff)));

    [Fact]
    public void It_is_not_rebuilt_as_sent_without_a_sign_off()
        => Assert.Throws<ArgumentException>(() => Rebuilt(Read(SignOff), sent: new ReferralSending("Inclusion service", Sending)));

    [Fact]
    public void It_is_not_rebuilt_as_sent_before_its_sign_off()
        => Assert.Throws<ArgumentException>(() => Rebuilt(SignedOff(), sent: new ReferralSending("Inclusion service", Assembly)));

    [Fact]
    public void It_is_not_rebuilt_as_answered_without_having_been_sent()
        => Assert.Throws<ArgumentException>(() => Rebuilt(SignedOff(), answered: new ReferralAnswer("Yes", Answering)));

    [Fact]
    public void It_is_not_rebuilt_as_answered_before_it_was_sent()
        => Assert.Throws<ArgumentException>(() => Rebuilt(Sent(), answered: new ReferralAnswer("Yes", SignOff)));

    private static Referral Rebuilt(
        Referral from, Act? signedOff = null, ReferralSending? sent = null, ReferralAnswer? answered = null, ReferralReading? reading = null) => new(
        from.Id, from.Pupil, from.Plan, from.Kind, from.WhatIsAsked, from.Drafted, from.Evidence, from.Version, from.LastChanged, from.Assembled,
        reading is null ? from.Readings : [reading], signedOff ?? from.SignedOff, sent ?? from.Sent, answered ?? from.Answered);

    private static void AssertRefused(string code, Outcome<Referral> outcome) => Assert.Equal([code], outcome.Refusals.Select(refusal => refusal.Code));
}
