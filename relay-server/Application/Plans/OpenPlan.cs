using System.Collections.Frozen;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>A plan as somebody has it before them.</summary>
/// <param name="May">What this person may do with it: which doors a page shows. Each is asked for again when it is gone through.</param>
/// <param name="KeyAdult">Null: nobody here has a card for them.</param>
/// <param name="Lead">Likewise.</param>
/// <param name="Today">What day it is at the school.</param>
public sealed record OpenPlan(ReadPlan Read, FrozenSet<Operation> May, PersonChoice? KeyAdult, PersonChoice? Lead, LocalDate Today)
{
    public override string ToString() => nameof(OpenPlan);
}
