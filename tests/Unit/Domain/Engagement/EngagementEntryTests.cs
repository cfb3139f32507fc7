using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Sessions;
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
}
