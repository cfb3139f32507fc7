using AV1Relay.Domain.Booking;
using NodaTime;
using Xunit;
using static AV1Relay.Domain.Booking.SessionState;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class SessionTimeTests
{
    [Fact]
    public void A_robot_that_is_not_placed_within_fifteen_minutes_is_released()
    {
        Assert.Equal(Agreed, In(Agreed).OnTime(At(10, 19, 59), Rules).Session.State);

        var released = In(Agreed).OnTime(At(10, 20), Rules);

        Assert.Equal(new Miss(At(10, 20), MissedBecause.RobotNotPlaced), released.Session.History.Missed);
        Assert.Null(released.Session.Holds);
    }

    [Fact]
    public void Everybody_is_told_of_a_release() => Assert.Equal(
        [Audience.Pupil, Audience.KeyAdult, Audience.Carrier, Audience.Classroom], In(Agreed).OnTime(At(10, 20), Rules).Notices.Select(notice => notice.To));

    [Fact]
    public void The_fifteen_minutes_are_a_setting() =>
        Assert.Equal(Missed, In(Agreed).OnTime(At(10, 9), Rules with { ReleaseAfter = Duration.FromMinutes(4) }).Session.State);

    [Fact]
    public void A_session_shorter_than_that_is_released_at_its_end()
    {
        var session = In(Agreed, Use() with { Slot = Slot(10, 5, minutes: 8) });

        Assert.Equal(Missed, session.OnTime(At(10, 13), Rules).Session.State);
    }

    [Fact]
    public void A_session_that_nobody_agreed_to_is_missed_for_that_reason() =>
        Assert.Equal(MissedBecause.NotAgreed, In(Proposed).OnTime(At(10, 20), Rules).Session.History.Missed!.Why);

    [Fact]
    public void A_robot_that_waited_in_vain_waited_to_the_end()
    {
        Assert.Equal(Ready, In(Ready).OnTime(End - Duration.Epsilon, Rules).Session.State);
        Assert.Equal(MissedBecause.NotJoined, In(Ready).OnTime(End, Rules).Session.History.Missed!.Why);
    }

    [Fact]
    public void The_pupil_is_not_written_to_for_not_coming() =>
        Assert.DoesNotContain(In(Ready).OnTime(End, Rules).Notices, notice => notice.To == Audience.Pupil);

    [Fact]
    public void Both_sides_are_warned_once_that_the_end_is_near()
    {
        Assert.Empty(In(Live).OnTime(At(10, 29, 59), Rules).Notices);

        var warned = In(Live).OnTime(At(10, 30), Rules);

        Assert.Equal([new(NoticeKind.EndIsNear, Audience.Pupil), new(NoticeKind.EndIsNear, Audience.Classroom)], warned.Notices);
        Assert.Empty(warned.Session.OnTime(At(10, 31), Rules).Notices);
    }

    [Fact]
    public void A_live_session_ends_at_the_end_even_when_nobody_was_warned()
    {
        var ended = In(Live).OnTime(At(11, 0), Rules).Session;

        Assert.Equal(new SessionEnd(End, new EndedBy.Time()), ended.History.End);
    }

    [Fact]
    public void A_session_that_is_put_off_ends_later_and_warns_again()
    {
        var longer = In(Live).OnTime(At(10, 30), Rules).Session.Extend(Duration.FromMinutes(10), WhatFollows.Nothing, By(At(10, 31)), Rules).Value;

        Assert.Equal(At(10, 45), longer.Window.End);
        Assert.Equal(At(10, 40), longer.NextTime(Rules));
        Assert.NotEmpty(longer.OnTime(At(10, 40), Rules).Notices);
    }

    [Fact]
    public void It_is_not_put_off_into_what_follows()
    {
        var next = new WhatFollows(Robot: At(10, 49), Pupil: At(10, 44), Carrier: At(10, 44));

        Assert.Equal(
            ["session.something-follows", "session.something-follows", "session.something-follows"],
            In(Live).Extend(Duration.FromMinutes(10), next, By(At(10, 31)), Rules).Codes());
    }

    [Fact]
    public void It_is_put_off_to_the_very_minute_that_what_follows_allows()
    {
        var next = new WhatFollows(Robot: At(10, 55), Pupil: At(10, 45), Carrier: At(10, 45));

        Assert.Equal(At(10, 45), In(Live).Extend(Duration.FromMinutes(10), next, By(At(10, 31)), Rules).Value.Window.End);
    }

    [Fact]
    public void The_same_pupil_may_go_on_with_the_robot_without_a_rest()
    {
        var next = new WhatFollows(Robot: At(10, 45), Pupil: At(10, 45), Carrier: null, RobotForSamePupil: true);

        Assert.False(In(Live).Extend(Duration.FromMinutes(10), next, By(At(10, 31)), Rules).IsRefused);
    }

    [Fact]
    public void A_session_whose_time_is_over_is_not_put_off() =>
        Assert.Equal(["session.time-is-over"], In(Live).Extend(Duration.FromMinutes(5), WhatFollows.Nothing, By(End), Rules).Codes());

    [Fact]
    public void Many_short_times_do_not_add_up_to_more_than_the_longest()
    {
        var longest = In(Live).Extend(Duration.FromMinutes(20), WhatFollows.Nothing, By(At(10, 31)), Rules).Value
            .Extend(Duration.FromMinutes(10), WhatFollows.Nothing, By(At(10, 50)), Rules).Value;

        Assert.Equal(["session.extension-too-long"], longest.Extend(Duration.FromMinutes(1), WhatFollows.Nothing, By(At(10, 51)), Rules).Codes());
    }

    [Fact]
    public void A_slip_of_the_finger_does_not_put_it_off_by_hours() =>
        Assert.Equal(["session.extension-too-long"], In(Live).Extend(Duration.FromHours(5), WhatFollows.Nothing, By(At(10, 31)), Rules).Codes());

    [Theory]
    [InlineData(Ended)]
    [InlineData(Reflected)]
    [InlineData(Declined)]
    [InlineData(Cancelled)]
    [InlineData(Missed)]
    public void Time_does_nothing_to_what_is_over(SessionState state)
    {
        var session = In(state);

        Assert.Null(session.NextTime(Rules));
        Assert.Same(session, session.OnTime(At(23, 0), Rules).Session);
    }

    [Theory]
    [InlineData(Proposed)]
    [InlineData(Agreed)]
    [InlineData(Ready)]
    [InlineData(Live)]
    public void Asked_when_it_says_time_always_has_something_to_say(SessionState state)
    {
        var session = In(state);
        var due = session.NextTime(Rules)!.Value;

        Assert.Same(session, session.OnTime(due - Duration.Epsilon, Rules).Session);
        Assert.NotEmpty(session.OnTime(due, Rules).Notices);
    }

    [Fact]
    public void A_weekly_lesson_stays_at_its_wall_time_across_a_clock_change()
    {
        var summer = Booked(Use() with { Slot = Slot(10, 5, date: new LocalDate(2026, 10, 19)) });
        var winter = Booked(Use() with { Slot = Slot(10, 5, date: new LocalDate(2026, 10, 26)) });

        Assert.Equal(Instant.FromUtc(2026, 10, 19, 9, 5), summer.Window.Start);
        Assert.Equal(Instant.FromUtc(2026, 10, 26, 10, 5), winter.Window.Start);
    }

    [Fact]
    public void A_setting_of_time_is_not_negative() => Assert.Throws<ArgumentException>(() => Rules with { ReadyBefore = Duration.FromMinutes(-1) });
}
