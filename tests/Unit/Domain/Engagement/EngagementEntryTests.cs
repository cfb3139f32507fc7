using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Application.Running;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Engagement;

public sealed class EngagementEntryTests
{
    private static readonly EngagementEntryId LineId = new(Number(60));

    [Fact]
    public void The_line_of_a_session_says_what_was_tried_and_for_how_long()
    {
        var session = In(SessionState.Live).Pause(PauseReason.NeedsAMinute, At(10, 10)).Value.Leave(At(10, 16), Rules).Value;

        var tried = EngagementEntry.For(session, LineId).Value.Original;

        Assert.Equal(
            new StepTried(Rung, Id(1), Monday.At(new LocalTime(10, 6)), Duration.FromMinutes(10), 1, leftEarly: true, PupilLocation.Home), tried);
    }

    [Fact]
    public void Who_or_what_ended_a_session_has_recorded_its_line()
    {
        ScheduledSession[] ended =
        [
            In(SessionState.Live).OnTime(End, Rules).Session,
            In(SessionState.Live).Leave(At(10, 34), Rules).Value,
            In(SessionState.Live).End(By(At(10, 20))).Value,
            In(SessionState.Live).BreakOff("No link", At(10, 20)).Value,
        ];

        Assert.Equal(
            [new EndedBy.Time(), new EndedBy.Pupil(Early: false), new EndedBy.Staff(KeyAdult), new EndedBy.RobotOrLink("No link")],
            ended.Select(session => EngagementEntry.For(session, LineId).Value.RecordedBy));
    }

    [Fact]
    public void A_session_that_has_not_ended_has_no_line() =>
        Assert.Equal(["engagement.not-ended"], EngagementEntry.For(In(SessionState.Live), LineId).Codes());

    [Fact]
    public void A_step_in_person_is_noted_by_a_person()
    {
        var inPerson = new StepTried(Rung, null, Monday.At(new LocalTime(10, 6)), Duration.FromMinutes(10), 0, leftEarly: false, PupilLocation.SchoolSite);

        Assert.Throws<ArgumentException>(() => new EngagementEntry(LineId, Pupil, Plan, inPerson, new EndedBy.Time(), End));
    }

    [Fact]
    public void A_step_in_person_keeps_who_noted_it_and_their_words()
    {
        var line = Noted(Walk()).Value;

        Assert.Equal(((EndedBy)new EndedBy.Staff(KeyAdult), "She said hello first.", (StepTried?)Walk()), (line.RecordedBy, line.Note, line.Current));
        Assert.Equal(line.Note, line.Correct(Walk(minutes: 20), By(End) with { Why = "Longer" }).Value.Note);
    }

    [Fact]
    public void What_can_not_have_been_is_not_noted()
    {
        Assert.Equal(["engagement.no-such-step"], Noted(new StepTried(new StepId(Number(77)), null, Early, Duration.FromMinutes(5), 0, false, PupilLocation.SchoolSite)).Codes());
        Assert.Equal(["engagement.no-time"], Noted(Walk(minutes: 0)).Codes());
        Assert.Equal(["engagement.not-yet"], Noted(Walk(start: Monday.At(new LocalTime(10, 36)))).Codes());
        Assert.Equal(["engagement.too-long-ago"], Noted(Walk(start: Monday.PlusYears(-2).At(new LocalTime(9, 0)))).Codes());
    }

    [Fact]
    public void A_plan_that_is_not_in_use_takes_no_steps()
    {
        var draft = SupportPlan.Draft(
            Plan, Pupil, School, PlanFixture.Goal, KeyAdult, PlanFixture.Lead, StepLadder.FromListed([Step()]), By(At(8, 0)), PlanFixture.Say()).Value;

        Assert.Equal(["engagement.plan-not-in-use"], EngagementEntry.InPerson(LineId, draft, Walk(), "", London, By(End)).Codes());
    }

    [Fact]
    public void A_session_with_the_robot_is_not_noted_by_hand() =>
        Assert.Throws<ArgumentException>(() => Noted(new StepTried(Rung, Id(1), Early, Duration.FromMinutes(5), 0, false, PupilLocation.Home)));

    [Fact]
    public void What_two_people_note_counts_once()
    {
        var ledger = new EngagementLedger(Pupil).NoteInPerson(Noted(Walk()).Value).Value;

        var second = EngagementEntry.InPerson(new EngagementEntryId(Number(61)), Stage.ActivePlan(), Walk(minutes: 20), "", London, By(End)).Value;

        Assert.Equal(["engagement.already-noted"], ledger.NoteInPerson(second).Codes());
        Assert.False(ledger.StrikeOut(LineId, By(End) with { Why = "Another day" }).Value.NoteInPerson(second).IsRefused);
    }

    private static LocalDateTime Early => Monday.At(new LocalTime(9, 0));

    private static StepTried Walk(int minutes = 15, LocalDateTime? start = null) =>
        new(Rung, null, start ?? Early, Duration.FromMinutes(minutes), 0, leftEarly: false, PupilLocation.SchoolSite);

    private static Outcome<EngagementEntry> Noted(StepTried tried) =>
        EngagementEntry.InPerson(LineId, Stage.ActivePlan(), tried, "She said hello first.", London, By(End));
}
