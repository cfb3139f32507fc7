using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Agreements;

/// <summary>Somebody said yes: who, in what capacity, to what, when and how. A "no" is not an agreement, and neither is silence.</summary>
/// <param name="Who">The id of the person or pupil who agreed, as text: both kinds can.</param>
/// <param name="Words">What they said or wrote, where that matters; may be empty.</param>
/// <param name="Recorded">Who wrote it down for them, when and why; null: they said so themselves, here.</param>
public sealed record Agreement(
    string Who, AgreementCapacity Capacity, AgreedTo To, Instant At, AgreementManner Manner, string Words = "", Act? Recorded = null)
{
    public override string ToString() => nameof(Agreement);
}

public enum AgreementCapacity
{
    Pupil,

    /// <summary>A parent or carer whom the pupil normally lives with.</summary>
    Parent,

    KeyAdult,

    /// <summary>Somebody whom the school's proprietor has authorised (SI 2024/208 reg. 11).</summary>
    AuthorisedPerson,
}

public enum AgreementManner
{
    InPerson,
    Call,
    VideoCall,
    Email,
    Letter,

    /// <summary>On a page of this system, signed in or by the pupil's own device.</summary>
    Page,
}
