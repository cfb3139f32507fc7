using AV1Relay.Domain.People;

namespace AV1Relay.Application.Asking;

/// <summary>Who asks: an adult who has been signed in, by whatever way.</summary>
public sealed record Caller(PersonId Who)
{
    public override string ToString() => $"person {Who}";
}
