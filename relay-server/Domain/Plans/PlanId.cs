namespace AV1Relay.Domain.Plans;

public readonly record struct PlanId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>Names a step within its plan; stays when the ladder is put in another order.</summary>
public readonly record struct StepId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
