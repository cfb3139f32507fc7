namespace AV1Relay.Domain.People;

/// <summary>Who an adult is and how they can be reached; kept apart from what they do, which knows the id alone.</summary>
/// <param name="Id">The person; all that this prints.</param>
/// <param name="PreferredName">What they want to be called.</param>
/// <param name="Phone">A key adult's is shown to the parents of their pupils.</param>
/// <param name="Email">For invitations and reminders.</param>
public sealed record PersonCard(PersonId Id, PersonalText PreferredName, PersonalText? Phone = null, PersonalText? Email = null)
{
    public override string ToString() => $"person {Id}";
}
