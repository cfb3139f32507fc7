using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.People;

/// <summary>Who an adult is and how they can be reached; kept apart from what they do, which knows the id alone.</summary>
/// <param name="Id">The person; all that this prints.</param>
/// <param name="PreferredName">What they want to be called.</param>
/// <param name="Phone">A key adult's is shown to the parents of their pupils.</param>
/// <param name="Email">For invitations and reminders.</param>
public sealed record PersonCard(PersonId Id, PersonalText PreferredName, PersonalText? Phone = null, PersonalText? Email = null)
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;

    public const int LongestPhone = 40;

    /// <summary>RFC 5321 §4.5.3.1.3: a path of 256 has two angle brackets.</summary>
    public const int LongestEmail = 254;

    /// <summary>A card as somebody enters it, or changes it under the same id.</summary>
    /// <param name="phone">Empty or null: none.</param>
    /// <param name="email">Empty or null: none.</param>
    public static Outcome<PersonCard> Enter(PersonId id, string? name, string? phone, string? email)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(name)) refusals.Add(new("person.name-missing", "The person has no name yet.", "Enter what they want to be called."));
        if (name?.Length > LongestName) refusals.Add(new("person.name-too-long", "The name is longer than it can be.", "Enter it shorter."));
        if (phone?.Length > LongestPhone) refusals.Add(new("person.phone-too-long", "The phone number is longer than it can be.", "Enter one number."));
        if (email?.Length > LongestEmail) refusals.Add(new("person.email-too-long", "The e-mail address is longer than it can be.", "Enter one address."));
        if (!string.IsNullOrWhiteSpace(email) && !LooksLikeAnAddress(email.Trim()))
            refusals.Add(new("person.email-unusable", "That is not an e-mail address.", "Enter one such as name@example.org, or leave it empty."));
        return refusals.Count > 0 ? Outcome.Refused<PersonCard>(refusals) : new PersonCard(id, new PersonalText(name!), TextOf(phone), TextOf(email)); // it was asked for
    }

    private static PersonalText? TextOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : new PersonalText(typed);

    private static bool LooksLikeAnAddress(string email) => email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && !email.Any(char.IsWhiteSpace);

    public override string ToString() => $"person {Id}";
}
