using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>When a session would fit is asked.</summary>
/// <param name="Id">For the one that is chosen; of one that is to be moved its own.</param>
/// <param name="Carriers">Who could carry the robot, whom to ask first at the front.</param>
/// <param name="Wanted">So many proposals at most.</param>
public sealed record FreeSlotQuestion(
    ScheduledSessionId Id, PlanId Plan, DateInterval Days, PupilLocation? Location, ImmutableArray<PersonId> Carriers, int Wanted = 10)
{
    public override string ToString() => nameof(FreeSlotQuestion);
}
