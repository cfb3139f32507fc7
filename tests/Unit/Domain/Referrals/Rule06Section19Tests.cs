using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Referrals;
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
    public void It_prompts_after_a_day_at_the_earliest() => Assert.Throws<ArgumentException>(() => new PromptSettings(afterDays: 0));

    [Fact]
    public void Missed_days_are_part_of_the_evidence()
    {
        var sources = Given.Sources();
        var counted = new ReferralSources(sources.Plan, sources.Contacts, sources.Ledger, [], new MissedDays(Year, 33, 20), [], Given.London);

        Assert.Equal(
            "16.5 school days, the longest run of them 10 days, as the school's register says.",
            Assert.Single(Given.Draft().Assemble(counted, Given.Assembly).Value.Evidence, item => item.Source == EvidenceSource.MissedDays).Paragraphs[0]);
    }

    private static MissedDays Count(IEnumerable<MissedSession> missed) => MissedDays.Count(missed, SchoolDays(), Year);

    private static HashSet<LocalDate> SchoolDays()
        => [.. Enumerable.Range(0, Year.Dates.Length).Select(Year.Dates.Start.PlusDays).Where(date => date.DayOfWeek <= IsoDayOfWeek.Friday)];

    private static IEnumerable<MissedSession> Days(LocalDate from, int count)
        => Enumerable.Range(0, count).SelectMany(day => new[] { RegistrationHalf.Morning, RegistrationHalf.Afternoon }.Select(half => new MissedSession(new(from.PlusDays(day), half), true)));
}
