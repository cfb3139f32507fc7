using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <param name="Id">For the one that is chosen; of one that is to be moved its own.</param>
/// <param name="Carriers">Who could carry the robot, whom to ask first at the front.</param>
/// <param name="Wanted">So many proposals at most.</param>
public sealed record FreeSlotQuestion(
    ScheduledSessionId Id, PlanId Plan, DateInterval Days, PupilLocation? Location, ImmutableArray<PersonId> Carriers, int Wanted = 10)
{
    public override string ToString() => nameof(FreeSlotQuestion);
}

/// <summary>Where and when a session goes.</summary>
public sealed record SessionMove(LocalSlot Slot, LessonId? Lesson, RoomId? Room, string RobotName, PersonId Carrier)
{
    public override string ToString() => nameof(SessionMove);
}

/// <summary>One answer a time asked for, in their order.</summary>
public sealed record BookedRepeat(ImmutableArray<RepeatedBooking> Answers);

/// <summary>By time.</summary>
public sealed record ReadCalendar(ImmutableArray<ReadSession> Sessions);
