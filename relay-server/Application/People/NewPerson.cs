namespace AV1Relay.Application.People;

/// <summary>Somebody who is not entered yet, as they were typed in.</summary>
/// <param name="Phone">May be empty.</param>
/// <param name="Email">May be empty.</param>
public sealed record NewPerson(string? Name, string? Phone, string? Email)
{
    public override string ToString() => nameof(NewPerson);
}
