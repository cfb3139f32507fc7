namespace AV1Relay.Domain.People;

/// <summary>A child or young person. Says nothing about who it is: names are kept with the plan alone.</summary>
public readonly record struct PupilId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>An adult who acts: member of staff, parent or carer, external professional.</summary>
public readonly record struct PersonId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

public readonly record struct SchoolId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
