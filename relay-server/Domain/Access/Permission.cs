namespace AV1Relay.Domain.Access;

/// <summary>It may be done, with some of it left out.</summary>
public sealed record Permission(LeftOut LeftOut)
{
    public bool LeavesOut(LeftOut part) => (LeftOut & part) == part;
}
