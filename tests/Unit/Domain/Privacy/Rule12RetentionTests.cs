using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Privacy;

public sealed class Rule12RetentionTests
{
    private static readonly PupilId Pupil = new(Guid.Parse("00000000-0000-0000-0000-000000000001"));
    private static readonly PupilId Other = new(Guid.Parse("00000000-0000-0000-0000-000000000002"));
    private static readonly Act Lead = new(new PersonId(Guid.Empty), Instant.FromUtc(2026, 1, 14, 12, 0), "A claim was announced");
    private static readonly LocalDate Recorded = new(2026, 1, 14);
    private static readonly LocalDate Born = new(2013, 5, 4);

    [Theory]
    [InlineData(RetentionClass.Telemetry, 2026, 2, 13)] // 30 days
    [InlineData(RetentionClass.SessionDetail, 2027, 1, 14)] // one year
    [InlineData(RetentionClass.AttendanceLike, 2032, 1, 14)] // 6 years
    [InlineData(RetentionClass.ConcernRaised, 2032, 1, 14)] // 6 years
    [InlineData(RetentionClass.Adult, 2027, 1, 14)] // one year
    [InlineData(RetentionClass.PlanRecord, 2044, 5, 4)] // 31 years from birth
    public void By_default_a_class_is_due_after(RetentionClass @class, int year, int month, int day)
        => Assert.Equal(new LocalDate(year, month, day), Due(Record(@class), Recorded).DueOn);

    [Fact]
    public void The_day_before_it_is_kept() => Assert.Equal(RetentionDecision.Keep, Due(Record(RetentionClass.Telemetry), new(2026, 2, 12)).Decision);

    [Fact]
    public void On_the_day_it_is_deleted() => Assert.Equal(RetentionDecision.Delete, Due(Record(RetentionClass.Telemetry), new(2026, 2, 13)).Decision);

    [Fact]
    public void Without_a_date_of_birth_nothing_is_deleted_on_a_guess()
        => Assert.Equal(RetentionDecision.Keep, Due(Record(RetentionClass.PlanRecord) with { PupilBornOn = null }, new(2100, 1, 1)).Decision);

    [Fact]
    public void A_school_sets_its_own_period()
    {
        var settings = RetentionSettings.Defaults.With(new RetentionRule(RetentionClass.PlanRecord, RetentionStart.Recorded, Period.FromYears(3), "Our schedule"));

        Assert.Equal(new LocalDate(2029, 1, 14), Retention.Due(Record(RetentionClass.PlanRecord), settings, [], Recorded).DueOn);
    }

    [Theory]
    [InlineData(2026, 8, 31, 2027, 9, 1)]
    [InlineData(2026, 9, 1, 2028, 9, 1)]
    public void A_period_may_be_counted_from_the_end_of_the_academic_year(int year, int month, int day, int dueYear, int dueMonth, int dueDay)
    {
        var settings = RetentionSettings.Defaults.With(
            new RetentionRule(RetentionClass.SessionDetail, RetentionStart.EndOfAcademicYear, Period.FromYears(1), "Our schedule"));

        Assert.Equal(
            new LocalDate(dueYear, dueMonth, dueDay),
            Retention.Due(Record(RetentionClass.SessionDetail) with { RecordedOn = new(year, month, day) }, settings, [], Recorded).DueOn);
    }

    [Fact]
    public void Looking_among_many_misses_nothing_that_is_due()
    {
        foreach (var period in (Period[])[Period.FromDays(30), Period.FromMonths(1), Period.FromMonths(13), Period.FromYears(1)])
        {
            var rule = new RetentionRule(RetentionClass.Telemetry, RetentionStart.Recorded, period, "Our schedule");
            for (var recorded = new LocalDate(2027, 12, 1); recorded < new LocalDate(2028, 4, 1); recorded = recorded.PlusDays(1))
                Assert.True(recorded <= Retention.LastThatMayBeDue(rule, recorded + period), $"{recorded} and {period}");
        }
    }

    [Fact]
    public void A_class_is_never_without_a_rule()
        => Assert.Throws<ArgumentException>(() => new RetentionSettings([.. RetentionSettings.Defaults.Rules.Skip(1)], new AnnualDate(8, 31)));

    [Fact]
    public void A_period_of_nothing_is_not_a_rule()
        => Assert.Throws<ArgumentException>(() => new RetentionRule(RetentionClass.Telemetry, RetentionStart.Recorded, Period.Zero, "Our schedule"));

    [Fact]
    public void A_legal_hold_keeps_what_is_due()
        => Assert.Equal(RetentionDecision.Held, Due(Record(RetentionClass.SessionDetail), new(2030, 1, 1), Hold(Pupil, null)).Decision);

    [Fact]
    public void A_hold_on_one_pupil_keeps_nothing_of_another()
        => Assert.Equal(RetentionDecision.Delete, Due(Record(RetentionClass.SessionDetail), new(2030, 1, 1), Hold(Other, null)).Decision);

    [Fact]
    public void A_hold_on_one_class_keeps_nothing_of_another()
        => Assert.Equal(RetentionDecision.Delete, Due(Record(RetentionClass.SessionDetail), new(2030, 1, 1), Hold(Pupil, RetentionClass.Telemetry)).Decision);

    [Fact]
    public void A_lifted_hold_keeps_nothing()
        => Assert.Equal(RetentionDecision.Delete, Due(Record(RetentionClass.SessionDetail), new(2030, 1, 1), Hold(Pupil, null).Lift(Lead).Value).Decision);

    [Fact]
    public void A_hold_says_why() => Assert.Equal("hold.reason-missing", LegalHold.Place(default, Pupil, null, Lead with { Why = " " }).Refusals[0].Code);

    /// <summary>Over many records, days and holds: nothing under a hold and nothing before its day is deleted, and what is deleted one day is so the next.</summary>
    [Fact]
    public void Nothing_is_deleted_too_early_or_under_a_hold()
    {
        var random = new Random(12);
        for (var round = 0; round < 2000; round++)
        {
            var record = new RecordFacts(
                Guid.Empty, "any", (RetentionClass)random.Next(4), Recorded.PlusDays(random.Next(4000)),
                random.Next(2) == 0 ? Pupil : Other, random.Next(3) == 0 ? null : Born.PlusDays(random.Next(2000)));
            LegalHold[] holds = random.Next(2) == 0 ? [] : [Hold(random.Next(2) == 0 ? Pupil : null, random.Next(2) == 0 ? (RetentionClass)random.Next(4) : null)];
            var today = Recorded.PlusDays(random.Next(16000));

            var verdict = Retention.Due(record, RetentionSettings.Defaults, holds, today);
            var next = Retention.Due(record, RetentionSettings.Defaults, holds, today.PlusDays(1));

            if (verdict.Decision != RetentionDecision.Delete) continue;
            Assert.True(
                today >= verdict.DueOn && !holds.Any(hold => hold.Covers(record)) && next.Decision == RetentionDecision.Delete, $"round {round}: {record} on {today}");
        }
    }

    [Fact]
    public void Evidence_counts_what_was_deleted_class_by_class()
    {
        var evidence = DeletionEvidence.Of(
            [
                Record(RetentionClass.SessionDetail),
                Record(RetentionClass.Telemetry),
                Record(RetentionClass.SessionDetail) with { RecordedOn = new(2025, 10, 1) },
            ],
            RetentionSettings.Defaults, DeletionCause.Retention, Lead.At);

        Assert.Equal(
            [(RetentionClass.Telemetry, 1, Recorded, Recorded), (RetentionClass.SessionDetail, 2, new LocalDate(2025, 10, 1), Recorded)],
            evidence.Select(item => (item.Class, item.Count, item.Oldest, item.Newest)));
    }

    [Fact]
    public void Evidence_names_its_rule()
        => Assert.Contains(
            "30 days from the day", DeletionEvidence.Of([Record(RetentionClass.Telemetry)], RetentionSettings.Defaults, DeletionCause.Retention, Lead.At)[0].Rule, StringComparison.Ordinal);

    [Fact]
    public void Evidence_has_no_field_for_whose_or_what()
    {
        Type[] allowed = [typeof(RetentionClass), typeof(int), typeof(LocalDate), typeof(DeletionCause), typeof(Instant)];

        Assert.Equal("Rule", Assert.Single(typeof(DeletionEvidence).GetProperties(), property => !allowed.Contains(property.PropertyType)).Name);
    }

    [Fact]
    public void Everything_on_one_pupil_is_exported_held_or_due()
        => Assert.Equal(Enum.GetValues<RetentionClass>().Length, PupilExport.Of(Pupil, Enum.GetValues<RetentionClass>().Select(Record), Lead).Records.Count);

    [Fact]
    public void Nothing_on_another_pupil_is_exported()
        => Assert.Throws<ArgumentException>(() => PupilExport.Of(Pupil, [Record(RetentionClass.PlanRecord) with { Pupil = Other }], Lead));

    [Fact]
    public void Erasure_takes_everything() => Assert.Equal(Enum.GetValues<RetentionClass>().Length, Erase(RetentionSettings.Defaults).Erased.Count);

    [Fact]
    public void Erasure_keeps_what_is_held_and_says_so_but_not_why_it_is()
        => Assert.Equal(
            (RetentionClass.PlanRecord, "A legal hold keeps it."),
            Single(Erase(RetentionSettings.Defaults, Hold(Pupil, RetentionClass.PlanRecord)).Kept));

    [Fact]
    public void Erasure_keeps_whose_it_is_beside_what_is_held()
    {
        var erasure = PupilErasure.Of(
            Pupil,
            [
                Record(RetentionClass.SessionDetail), Record(RetentionClass.AttendanceLike),
                Record(RetentionClass.PlanRecord) with { GoesLast = true },
            ],
            RetentionSettings.Defaults, [Hold(Pupil, RetentionClass.SessionDetail)], Recorded.PlusDays(1), Lead);

        Assert.Equal([RetentionClass.SessionDetail, RetentionClass.PlanRecord], erasure.Kept.Select(kept => kept.Record.Class));
        Assert.Equal([RetentionClass.AttendanceLike], erasure.Erased.Select(record => record.Class));
    }

    [Fact]
    public void Erasure_keeps_what_the_school_has_to_keep_and_says_why()
        => Assert.Equal(
            (RetentionClass.AttendanceLike, "The school has to keep it for its time: Our schedule"),
            Single(Erase(RetentionSettings.Defaults.With(
                new RetentionRule(RetentionClass.AttendanceLike, RetentionStart.Recorded, Period.FromYears(6), "Our schedule", outlastsErasure: true))).Kept));

    [Fact]
    public void Erasure_of_another_pupils_record_is_a_mistake()
        => Assert.Throws<ArgumentException>(() => PupilErasure.Of(
            Pupil, [Record(RetentionClass.PlanRecord) with { Pupil = Other }], RetentionSettings.Defaults, [], Recorded, Lead));

    private static (RetentionClass, string) Single(IReadOnlyList<KeptRecord> kept) => Assert.Single(kept) is var one ? (one.Record.Class, one.Why) : default;

    private static PupilErasure Erase(RetentionSettings settings, params LegalHold[] holds)
        => PupilErasure.Of(Pupil, Enum.GetValues<RetentionClass>().Select(Record), settings, holds, Recorded.PlusDays(1), Lead);

    private static RetentionVerdict Due(RecordFacts record, LocalDate today, params LegalHold[] holds) => Retention.Due(record, RetentionSettings.Defaults, holds, today);

    private static RecordFacts Record(RetentionClass @class) => new(Guid.Empty, "any", @class, Recorded, Pupil, Born);

    private static LegalHold Hold(PupilId? pupil, RetentionClass? @class) => LegalHold.Place(default, pupil, @class, Lead).Value;
}
