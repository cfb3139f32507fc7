namespace AV1Relay.Domain.Access;

public readonly record struct AssignmentId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
