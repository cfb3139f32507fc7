using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Contacts;

/// <summary>A contact that has taken place, as somebody writes it down.</summary>
/// <param name="Id">Made with the form, so that one that is sent twice is entered once.</param>
/// <param name="At">Wall time at the school.</param>
public sealed record NewContact(
    ContactId Id, PersonId By, ContactWith With, LocalDateTime At, ContactManner Manner, string Note, LocalDate NextDue, bool IsConfidential)
{
    public override string ToString() => nameof(NewContact);
}
