using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>When those who are taken by a session are needed next.</summary>
internal static class Following
{
    public static async Task<WhatFollows> WhatFollowsAsync(this IWork work, ScheduledSession session, CancellationToken cancellationToken)
    {
        var booked = session.Booked;
        var date = booked.Slot.Date;
        var days = new DateInterval(date, date.PlusDays(1));
        var around = await work.Sessions.ForBookingAsync(booked.Pupil, days, [booked.RobotName], [booked.Carrier], days, cancellationToken);
        var later = around.Where(other => other.Id != session.Id && other.Holds?.Start >= session.Window.End).OrderBy(other => other.Window.Start).ToList();
        var robot = later.Find(other => other.Booked.RobotName == booked.RobotName);
        return new WhatFollows(
            robot?.Window.Start,
            later.Find(other => other.Booked.Pupil == booked.Pupil)?.Window.Start,
            later.Find(other => other.Booked.Carrier == booked.Carrier)?.Window.Start,
            robot?.Booked.Pupil == booked.Pupil);
    }
}
