using System.Text.Json.Serialization;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Agreements;

/// <summary>What somebody said yes to. A yes to one thing is none to another.</summary>
/// <remarks>The names that it is stored under stay as they are.</remarks>
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Session), "session")]
[JsonDerivedType(typeof(ReducedTimetable), "reduced-timetable")]
public abstract record AgreedTo
{
    private AgreedTo()
    {
    }

    /// <summary>To move from one step of a plan to another.</summary>
    public sealed record Move(PlanId Plan, StepId From, StepId To) : AgreedTo;

    /// <summary>To one booked session.</summary>
    public sealed record Session(ScheduledSessionId Id) : AgreedTo;

    /// <summary>To a reduced timetable as it stands up to a last day; a later last day is a new question.</summary>
    /// <param name="Until">Null: a draft that had none.</param>
    public sealed record ReducedTimetable(ArrangementId Id, LocalDate? Until) : AgreedTo;
}
