using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Ledger;

/// <summary>A step that was taken without the robot, as somebody of staff tells it afterwards.</summary>
/// <param name="Id">Made with the form: sent twice, it is there once.</param>
/// <param name="Start">Wall time at the school.</param>
/// <param name="Minutes">About so long.</param>
/// <param name="LeftEarly">For the next review's sake only; never held against anyone.</param>
/// <param name="Note">May be empty. Parents read it too.</param>
public sealed record StepInPerson(
    EngagementEntryId Id, StepId Step, LocalDateTime Start, int Minutes, PupilLocation Location, bool LeftEarly, string Note)
{
    internal StepTried Tried => new(Step, session: null, Start, Duration.FromMinutes(Minutes), pauses: 0, LeftEarly, Location);

    public override string ToString() => nameof(StepInPerson);
}
