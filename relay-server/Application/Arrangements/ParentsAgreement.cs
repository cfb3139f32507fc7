using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Arrangements;

/// <summary>A parent has agreed, and somebody writes it down.</summary>
/// <param name="At">Wall time at the school.</param>
/// <param name="Words">The parent's; may be empty.</param>
public sealed record ParentsAgreement(PersonId Parent, LocalDateTime At, AgreementManner Manner, string Words)
{
    public override string ToString() => nameof(ParentsAgreement);
}
