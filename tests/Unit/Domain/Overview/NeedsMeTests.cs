using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Overview;

public sealed class NeedsMeTests
{
    private static readonly PersonId KeyAdult = new(new Guid("b0000000-0000-4000-8000-000000000001"));
    private static readonly PersonId SomeoneElse = new(new Guid("b0000000-0000-4000-8000-000000000002"));
    private static readonly Viewer HerView = new(KeyAdult, ViewerRole.KeyAdult);
    private static readonly Viewer LeadsView = new(SomeoneElse, ViewerRole.Lead);
    private static readonly LocalDateTime Now = new(2026, 11, 9, 8, 30);
    private static readonly LocalDate Today = Now.Date;
    private static readonly PlanId Plan = new(new Guid("c0000000-0000-4000-8000-000000000001"));

    [Fact]
    public void A_key_adult_sees_what_waits_for_her_own_pupils() =>
        Assert.Equal(
            [KeyAdult],
            See(HerView, new ReviewDue(Plan, KeyAdult, Today), new ReviewDue(Plan, SomeoneElse, Today)).Select(item => item.Need.KeyAdult));

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void An_overdue_review_is_shown_to_the_lead_after_the_key_adults_grace(int daysOverdue, bool isShown) =>
        Assert.Equal(isShown, See(LeadsView, new ReviewDue(Plan, KeyAdult, Today.PlusDays(-daysOverdue))).Count == 1);

    [Fact]
    public void Beyond_the_grace_the_key_adult_still_sees_it() =>
        Assert.Single(See(HerView, new ReviewDue(Plan, KeyAdult, Today.PlusDays(-60))));

    [Fact]
    public void A_lead_who_is_a_key_adult_sees_her_own_without_grace() =>
        Assert.Single(See(LeadsView, new ReviewDue(Plan, SomeoneElse, Today)));

    [Fact]
    public void Another_key_adult_never_sees_what_is_overdue() =>
        Assert.Empty(See(new Viewer(SomeoneElse, ViewerRole.KeyAdult), new ReviewDue(Plan, KeyAdult, Today.PlusDays(-60))));

    [Theory]
    [InlineData(15, null)]
    [InlineData(14, Urgency.Soon)]
    [InlineData(1, Urgency.Soon)]
    [InlineData(0, Urgency.Today)]
    [InlineData(-1, Urgency.Now)]
    public void A_review_grows_urgent_as_its_day_comes_near(int daysAhead, Urgency? urgency) =>
        Assert.Equal(urgency, See(HerView, new ReviewDue(Plan, KeyAdult, Today.PlusDays(daysAhead))).SingleOrDefault()?.Urgency);

    [Fact]
    public void The_most_urgent_comes_first_and_then_the_earliest()
    {
        var robot = new RobotNotReady(Plan, KeyAdult, Session(), Now.PlusHours(2), "Its battery is low.", "Put it on its charger.");
        var overdue = new ContactDue(Plan, KeyAdult, "a parent", Today.PlusDays(-1));
        var later = new AgreementLapses(Plan, KeyAdult, "The agreement to the reduced timetable", Today.PlusDays(5));
        var soon = new ReviewDue(Plan, KeyAdult, Today.PlusDays(2));
        var toAgree = new SessionToAgree(Plan, KeyAdult, Session(), Now.PlusHours(4), "the pupil");

        Assert.Equal([overdue, robot, toAgree, soon, later], See(HerView, later, soon, robot, toAgree, overdue).Select(item => item.Need));
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(60, true)]
    public void A_robot_that_is_not_ready_an_hour_before_the_lesson_is_shown_to_the_lead(int minutesBefore, bool isShown) =>
        Assert.Equal(isShown, See(LeadsView, new RobotNotReady(Plan, KeyAdult, Session(), Now.PlusMinutes(minutesBefore), "It is asleep.", "Wake it.")).Count == 1);

    [Fact]
    public void A_lesson_months_away_needs_nobody() =>
        Assert.Empty(See(LeadsView, new SessionToAgree(Plan, KeyAdult, Session(), Now.PlusMonths(2), "the pupil")));

    [Fact]
    public void What_had_to_be_done_before_a_lesson_is_gone_once_it_begins() =>
        Assert.Empty(See(HerView, new SessionToAgree(Plan, KeyAdult, Session(), Now, "the pupil")));

    [Fact]
    public void Missed_days_prompt_and_leave_the_decision_to_people()
    {
        var item = Assert.Single(See(HerView, new MissedDaysPrompt(Plan, KeyAdult, 15, Today)));

        Assert.StartsWith("15 days have been missed", item.Reason, StringComparison.Ordinal);
        Assert.EndsWith("The decision is yours.", item.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agreement_past_its_last_day_is_said_not_to_be_in_force() =>
        Assert.Equal(
            "The agreement to the reduced timetable ended on 8 November 2026 and is not in force.",
            Assert.Single(See(HerView, new AgreementLapses(Plan, KeyAdult, "The agreement to the reduced timetable", Today.PlusDays(-1)))).Reason);

    [Fact]
    public void On_its_last_day_an_agreement_is_in_force() =>
        Assert.Equal(
            "The agreement to the reduced timetable ends on 9 November 2026.",
            Assert.Single(See(HerView, new AgreementLapses(Plan, KeyAdult, "The agreement to the reduced timetable", Today))).Reason);

    [Fact]
    public void A_hand_off_says_what_it_waits_for() =>
        Assert.Equal(
            "The referral to the inclusion service has been waiting since 6 November 2026 to be read and signed off.",
            Assert.Single(See(HerView, new HandOffWaiting(Plan, KeyAdult, "The referral to the inclusion service", "to be read and signed off", Today.PlusDays(-3)))).Reason);

    [Fact]
    public void A_robots_problem_and_remedy_are_said_as_they_came()
    {
        var item = Assert.Single(See(HerView, new RobotNotReady(Plan, KeyAdult, Session(), Now.PlusHours(2), "Its battery is low.", "Put it on its charger.")));

        Assert.Equal(("The robot is not ready for the lesson at 10:30 on 9 November 2026. Its battery is low.", "Put it on its charger."), (item.Reason, item.NextStep));
    }

    private static IReadOnlyList<OverviewItem> See(Viewer viewer, params Need[] needs) => NeedsMe.For(viewer, needs, Now, OverviewSettings.Default);

    private static SessionId Session()
    {
        Assert.True(SessionId.TryParse("d0000000-0000-4000-8000-000000000001", out var id));
        return id;
    }
}
