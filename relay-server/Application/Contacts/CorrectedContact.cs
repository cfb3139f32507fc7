using AV1Relay.Domain.Contacts;
using NodaTime;

namespace AV1Relay.Application.Contacts;

/// <summary>What an entry should have said.</summary>
public sealed record CorrectedContact(ContactId Id, string Note, LocalDate NextDue, bool IsConfidential)
{
    public override string ToString() => nameof(CorrectedContact);
}
