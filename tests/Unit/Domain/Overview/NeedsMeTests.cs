using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Overview;

public sealed class NeedsMeTests
{
    private static readonly PersonId KeyAdult = new(new Guid("b0000000-0000-4000-8000-000000000001"));
    private static readonly PersonId SomeoneElse = new(new Guid("b0000000-0000-4000-8000-000000000002"));
    private static readonly PersonId Lead = new(new Guid("b0000000-0000-4000-8000-000000000003"));
    private static readonly LocalDateTime Now = new(2026, 11, 9, 8, 30);
    private static readonly LocalDate Today = Now.Date;
    private static readonly PlanPeople Hers = new(new PlanId(new Guid("c0000000-0000-4000-8000-000000000001")), KeyAdult, Lead);
    private static readonly ReviewSettings Reviews = new(dueDaysBefore: 14, leadAfterDays: 7, longOverdueAfterDays: 20, longestGapWeeks: 13);

    [Fact]
    public void A_key_adult_sees_what_waits_for_her_own_pupils() =>
        Assert.Equal(
            [KeyAdult], See(KeyAdult, Review(Today), Review(Today, Hers with { KeyAdult = SomeoneElse })).Select(item => item.Need.Of.KeyAdult));

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void An_overdue_review_is_shown_to_the_plans_lead_after_the_key_adults_grace(int daysOverdue, bool isShown) =>
        Assert.Equal(isShown, See(Lead, Review(Today.PlusDays(-daysOverdue))).Count == 1);

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void So_is_anything_else_that_is_overdue(int daysOverdue, bool isShown) =>
        Assert.Equal(isShown, See(Lead, new ContactDue(Hers, "a parent", Today.PlusDays(-daysOverdue))).Count == 1);

    [Fact]
    public void Beyond_the_grace_the_key_adult_still_sees_it() => Assert.Single(See(KeyAdult, Review(Today.PlusDays(-60))));

    [Fact]
    public void A_lead_who_is_the_key_adult_sees_it_once_and_without_grace() =>
        Assert.Single(See(Lead, Review(Today, Hers with { KeyAdult = Lead })));

    [Fact]
    public void Nobody_sees_what_is_overdue_with_a_plan_that_is_not_theirs() => Assert.Empty(See(SomeoneElse, Review(Today.PlusDays(-60))));

    [Theory]
    [InlineData(15, null)]
    [InlineData(14, Urgency.Soon)]
    [InlineData(1, Urgency.Soon)]
    [InlineData(0, Urgency.Today)]
    [InlineData(-1, Urgency.Now)]
    public void A_review_grows_urgent_as_its_day_comes_near(int daysAhead, Urgency? urgency) =>
        Assert.Equal(urgency, See(KeyAdult, Review(Today.PlusDays(daysAhead))).SingleOrDefault()?.Urgency);

    [Fact]
    public void The_most_urgent_comes_first_and_then_the_earliest()
    {
        var robot = new RobotNotReady(Hers, Session(), Now.PlusHours(2), "Its battery is low.", "Put it on its charger.");
        var overdue = new ContactDue(Hers, "a parent", Today.PlusDays(-1));
        var later = new AgreementLapses(Hers, "The agreement to the reduced timetable", Today.PlusDays(5));
        var soon = Review(Today.PlusDays(2));
        var toAgree = new SessionToAgree(Hers, Session(), Now.PlusHours(4), "the pupil");

        Assert.Equal([overdue, robot, toAgree, soon, later], See(KeyAdult, later, soon, robot, toAgree, overdue).Select(item => item.Need));
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(60, true)]
    public void A_robot_that_is_not_ready_an_hour_before_the_lesson_is_shown_to_the_lead(int minutesBefore, bool isShown) =>
        Assert.Equal(isShown, See(Lead, new RobotNotReady(Hers, Session(), Now.PlusMinutes(minutesBefore), "It is asleep.", "Wake it.")).Count == 1);

    [Fact]
    public void A_lesson_months_away_needs_nobody() =>
        Assert.Empty(See(Lead, new SessionToAgree(Hers, Session(), Now.PlusMonths(2), "the pupil")));

    [Fact]
    public void What_had_to_be_done_before_a_lesson_is_gone_once_it_begins() =>
        Assert.Empty(See(KeyAdult, new SessionToAgree(Hers, Session(), Now, "the pupil")));

    [Fact]
    public void Missed_days_prompt_and_leave_the_decision_to_people()
    {
        var item = Assert.Single(See(KeyAdult, new MissedDaysPrompt(Hers, 15, Today)));

        Assert.StartsWith("15 days have been missed", item.Reason, StringComparison.Ordinal);
        Assert.EndsWith("The decision is yours.", item.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agreement_past_its_last_day_is_said_not_to_be_in_force() =>
        Assert.Equal(
            "The agreement to the reduced timetable ended on 8 November 2026 and is not in force.",
            Assert.Single(See(KeyAdult, new AgreementLapses(Hers, "The agreement to the reduced timetable", Today.PlusDays(-1)))).Reason);

    [Fact]
    public void On_its_last_day_an_agreement_is_in_force() =>
        Assert.Equal(
            "The agreement to the reduced timetable ends on 9 November 2026.",
            Assert.Single(See(KeyAdult, new AgreementLapses(Hers, "The agreement to the reduced timetable", Today))).Reason);

    [Fact]
    public void A_hand_off_says_what_it_waits_for() =>
        Assert.Equal(
            "The referral to the inclusion service has been waiting since 6 November 2026 to be read and signed off.",
            Assert.Single(See(KeyAdult, new HandOffWaiting(Hers, "The referral to the inclusion service", "to be read and signed off", Today.PlusDays(-3)))).Reason);

    [Fact]
    public void A_hand_off_waits_for_the_lead_from_its_first_day() =>
        Assert.Single(See(Lead, new HandOffWaiting(Hers, "The referral to the inclusion service", "to be read and signed off", Today)));

    [Fact]
    public void Who_looks_after_all_plans_sees_their_own_first_and_then_what_is_overdue_with_others()
    {
        var theirs = Hers with { KeyAdult = SomeoneElse, Lead = KeyAdult };
        Need[] needs =
        [
            Review(Today.PlusDays(-60), theirs with { Lead = SomeoneElse }), Review(Today.PlusDays(-2), theirs with { Lead = SomeoneElse }),
            Review(Today, theirs with { KeyAdult = Lead }), Review(Today.PlusDays(-30), theirs),
        ];

        var seen = NeedsMe.For(Lead, needs, Now, OverviewSettings.Default, isOfWholeSchool: true);

        Assert.Equal([(true, Urgency.Today), (false, Urgency.Now), (false, Urgency.Now)], seen.Select(item => (item.IsOwn, item.Urgency)));
        Assert.Single(NeedsMe.For(Lead, needs, Now, OverviewSettings.Default));
        // A lead is still given time: what is the key adult's alone does not come back by the whole school.
        Assert.Empty(NeedsMe.For(Lead, [Review(Today.PlusDays(-5))], Now, OverviewSettings.Default, isOfWholeSchool: true));
    }

    [Fact]
    public void A_robots_problem_and_remedy_are_said_as_they_came()
    {
        var item = Assert.Single(See(KeyAdult, new RobotNotReady(Hers, Session(), Now.PlusHours(2), "Its battery is low.", "Put it on its charger.")));

        Assert.Equal(("The robot is not ready for the lesson at 10:30 on 9 November 2026. Its battery is low.", "Put it on its charger."), (item.Reason, item.NextStep));
    }

    private static ReviewDue Review(LocalDate due, PlanPeople? of = null) => new(of ?? Hers, due, Reviews);

    private static IReadOnlyList<OverviewItem> See(PersonId who, params Need[] needs) => NeedsMe.For(who, needs, Now, OverviewSettings.Default);

    private static SessionId Session()
    {
        Assert.True(SessionId.TryParse("d0000000-0000-4000-8000-000000000001", out var id));
        return id;
    }
}
