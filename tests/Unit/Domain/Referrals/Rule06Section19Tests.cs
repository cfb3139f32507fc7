using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

public sealed class Rule06Section19Tests
{
    private static readonly LocalDate Monday = new(2026, 1, 12);
    private static readonly AcademicYear Year = AcademicYearStarts.England.YearOf(Monday);

    [Fact]
    public void A_morning_is_half_a_day() => Assert.Equal(0.5m, Count([new(new(Monday, RegistrationHalf.Morning), true)]).CumulativeDays);

    [Fact]
    public void The_same_morning_counts_once()
        => Assert.Equal(1, Count([new(new(Monday, RegistrationHalf.Morning), true), new(new(Monday, RegistrationHalf.Morning), true)]).Cumulative);

    [Fact]
    public void Other_reasons_are_not_counted() => Assert.Equal(0, Count([new(new(Monday, RegistrationHalf.Morning), false)]).Cumulative);

    [Fact]
    public void A_day_without_school_is_not_missed() => Assert.Equal(0, Count(Days(Monday.PlusDays(5), 1)).Cumulative);

    [Fact]
    public void A_weekend_does_not_break_a_run() => Assert.Equal(10, Count(Days(Monday, 7)).LongestRunDays * 2);

    [Fact]
    public void A_morning_at_school_breaks_a_run()
        => Assert.Equal(3, Count([.. Days(Monday, 2).Where(missed => missed != new MissedSession(new(Monday, RegistrationHalf.Morning), true))]).LongestRun);

    [Fact]
    public void Another_academic_year_counts_for_itself() => Assert.Equal(0, Count(Days(new LocalDate(2025, 7, 1), 10)).Cumulative);

    [Fact]
    public void A_run_may_begin_before_the_summer()
    {
        LocalDate[] open = [new(2025, 7, 21), new(2025, 7, 22), new(2025, 9, 2)];

        var missed = MissedDays.Count(open.SelectMany(date => Days(date, 1)), open, Year);

        Assert.Equal((2, 6), (missed.Cumulative, missed.LongestRun));
    }

    [Fact]
    public void Fourteen_and_a_half_days_do_not_prompt()
        => Assert.Null(ReferralPrompt.For(new MissedDays(Year, 29, 3), new PromptSettings()));

    [Fact]
    public void Fifteen_cumulative_days_prompt()
        => Assert.False(ReferralPrompt.For(new MissedDays(Year, 30, 3), new PromptSettings())!.Consecutive); // not null: it prompts

    [Fact]
    public void Fifteen_consecutive_days_prompt()
        => Assert.True(ReferralPrompt.For(new MissedDays(Year, 2, 30), new PromptSettings())!.Consecutive); // not null: it prompts

    [Fact]
    public void When_to_prompt_is_a_setting()
        => Assert.NotNull(ReferralPrompt.For(new MissedDays(Year, 20, 3), new PromptSettings(afterDays: 10)));

    [Fact]
    public void A_prompt_leaves_the_decision_to_people()
        => Assert.EndsWith("You decide.", ReferralPrompt.For(new MissedDays(Year, 31, 3), new PromptSettings())!.Words, StringComparison.Ordinal); // not null: it prompts

    [Fact]
    public void A_prompt_blames_nobody_for_the_days()
        => Assert.StartsWith(
            "This pupil has been away for 15.5 school days this year", ReferralPrompt.For(new MissedDays(Year, 31, 3), new PromptSettings())!.Words, StringComparison.Ordinal); // not null: it prompts

    [Fact]
    public void Nothing_makes_a_referral_of_a_prompt()
        => Assert.DoesNotContain(
            typeof(Referral).GetMethods().Where(method => method.IsStatic),
            method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ReferralPrompt) || parameter.ParameterType == typeof(MissedDays)));

    /// <summary>Whatever is missed, and in whatever order it is told: a run is part of the sum, and the sum is what was missed on school days.</summary>
    [Fact]
    public void A_run_within_the_year_is_never_longer_than_the_sum()
    {
        var random = new Random(19);
        var open = SchoolDays();
        for (var round = 0; round < 200; round++)
        {
            MissedSession[] missed = [.. Days(Year.Dates.Start, Year.Dates.Length).Where(_ => random.Next(4) > 0)];
            var school = missed.Count(half => open.Contains(half.Session.Date));
            random.Shuffle(missed);

            var counted = Count(missed);

            Assert.True(counted.Cumulative == school && counted.LongestRun <= counted.Cumulative, $"round {round}: {counted}");
        }
    }

    [Fact]
    public void A_referral_goes_from_draft_to_answered()
    {
        var draft = Given.Draft();
        var assembled = draft.Assemble(Given.Evidence, Given.KeyAdult).Value;
        var signedOff = assembled.Read(assembled.Version, Given.Lead).Value.SignOff(Given.Lead).Value;
        var sent = signedOff.Send("Inclusion service", Given.KeyAdult).Value;
        var answered = sent.Answer("A meeting next week.", Given.KeyAdult).Value;

        Assert.Equal(
            [ReferralStatus.Draft, ReferralStatus.Assembled, ReferralStatus.SignedOff, ReferralStatus.Sent, ReferralStatus.Answered],
            new[] { draft.Status, assembled.Status, signedOff.Status, sent.Status, answered.Status });
    }

    [Fact]
    public void Nobody_signs_off_what_they_have_not_read()
        => Assert.Equal(["referral.not-read"], Codes(Given.Read(Given.KeyAdult).SignOff(Given.Lead)));

    [Fact]
    public void Nobody_signs_off_what_was_assembled_anew_since_they_read_it()
        => Assert.Equal(["referral.changed"], Codes(Given.Read(Given.Lead).Assemble(Given.Evidence, Given.KeyAdult).Value.SignOff(Given.Lead)));

    [Fact]
    public void Nobody_signs_off_what_was_rewritten_since_they_read_it()
        => Assert.Equal(["referral.changed"], Codes(Given.Read(Given.Lead).Rewrite("Something else", Given.KeyAdult).Value.SignOff(Given.Lead)));

    [Fact]
    public void Reading_an_older_page_is_not_reading_what_it_says_now()
        => Assert.Equal(["referral.changed"], Codes(Given.Assembled().Read(Given.Assembled().Version - 1, Given.Lead)));

    [Fact]
    public void Reading_the_same_version_again_changes_nothing()
    {
        var read = Given.Read(Given.Lead);

        Assert.Same(read, read.Read(read.Version, Given.Lead with { At = Given.Lead.At.Plus(Duration.FromHours(1)) }).Value);
    }

    [Fact]
    public void A_draft_without_evidence_is_not_signed_off()
        => Assert.Equal(["referral.not-assembled"], Codes(Given.Draft().Read(1, Given.Lead).Value.SignOff(Given.Lead)));

    [Fact]
    public void What_is_signed_off_does_not_change()
        => Assert.Equal(["referral.signed-off"], Codes(Given.SignedOff().Assemble(Given.Evidence, Given.KeyAdult)));

    [Fact]
    public void What_is_reopened_is_read_again()
        => Assert.Equal(["referral.changed"], Codes(Given.SignedOff().Reopen(Given.KeyAdult).Value.SignOff(Given.Lead)));

    [Fact]
    public void Only_what_is_signed_off_is_sent()
        => Assert.Equal(["referral.not-signed-off"], Codes(Given.Assembled().Send("Inclusion service", Given.KeyAdult)));

    [Fact]
    public void What_was_sent_is_not_reopened()
        => Assert.Equal(["referral.sent"], Codes(Given.SignedOff().Send("Inclusion service", Given.KeyAdult).Value.Reopen(Given.KeyAdult)));

    [Fact]
    public void Only_what_was_sent_is_answered()
        => Assert.Equal(["referral.not-sent"], Codes(Given.SignedOff().Answer("Yes", Given.KeyAdult)));

    [Fact]
    public void It_is_not_rebuilt_as_signed_off_by_somebody_who_had_not_read_it()
    {
        var referral = Given.Read(Given.KeyAdult);

        Assert.Throws<ArgumentException>(() => Referral.Restore(
            referral.Id, referral.Pupil, referral.Plan, referral.Kind, referral.WhatIsAsked, referral.Drafted, referral.Evidence,
            referral.Version, referral.LastChanged, referral.Assembled, referral.Readings, Given.Lead, null, null));
    }

    [Fact]
    public void It_is_rebuilt_as_it_was()
    {
        var referral = Given.SignedOff();

        var rebuilt = Referral.Restore(
            referral.Id, referral.Pupil, referral.Plan, referral.Kind, referral.WhatIsAsked, referral.Drafted, referral.Evidence,
            referral.Version, referral.LastChanged, referral.Assembled, referral.Readings, referral.SignedOff, null, null);

        Assert.Equal((referral.Version, referral.Status), (rebuilt.Version, rebuilt.Status));
    }

    private static MissedDays Count(IEnumerable<MissedSession> missed) => MissedDays.Count(missed, SchoolDays(), Year);

    private static HashSet<LocalDate> SchoolDays()
        => [.. Enumerable.Range(0, Year.Dates.Length).Select(Year.Dates.Start.PlusDays).Where(date => date.DayOfWeek <= IsoDayOfWeek.Friday)];

    private static IEnumerable<MissedSession> Days(LocalDate from, int count)
        => Enumerable.Range(0, count).SelectMany(day => new[] { RegistrationHalf.Morning, RegistrationHalf.Afternoon }.Select(half => new MissedSession(new(from.PlusDays(day), half), true)));

    private static IEnumerable<string> Codes(Outcome<Referral> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}
