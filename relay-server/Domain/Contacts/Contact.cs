using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Contacts;

public readonly record struct ContactId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>An entry of regular contact: who spoke with whom, when, how, and when they speak next.</summary>
/// <param name="By">The key adult, or who stood in.</param>
/// <param name="Note">In words that pupil and parents can read.</param>
/// <param name="NextDue">When the next contact is due at the latest.</param>
public sealed record Contact(ContactId Id, PersonId By, ContactWith With, Instant At, ContactManner Manner, string Note, LocalDate NextDue)
{
    /// <summary>In the order in which they were made. The entry itself stays as it was written.</summary>
    public IReadOnlyList<ContactCorrection> Corrections { get; init; } = [];

    public string NoteNow => Corrections.Count > 0 ? Corrections[^1].Note : Note;

    public LocalDate NextDueNow => Corrections.Count > 0 ? Corrections[^1].NextDue : NextDue;

    public override string ToString() => nameof(Contact);
}

/// <summary>What an entry should have said.</summary>
public sealed record ContactCorrection(string Note, LocalDate NextDue, Act Act)
{
    public override string ToString() => nameof(ContactCorrection);
}

public enum ContactWith
{
    Pupil,
    Parent,
    PupilAndParent,
}

public enum ContactManner
{
    Call,

    /// <summary>At the pupil's home, or wherever suits them.</summary>
    Visit,

    Email,
    Letter,
    VideoCall,

    /// <summary>At school, face to face.</summary>
    InPerson,
}
