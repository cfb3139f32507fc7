using System.Collections.Immutable;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Contacts;

public readonly record struct ContactId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>An entry of regular contact: who spoke with whom, when, how, and when they speak next.</summary>
/// <param name="By">The key adult, or who stood in.</param>
/// <param name="Note">In words that pupil and parents can read, unless they are confidential.</param>
/// <param name="NextDue">When the next contact is due at the latest.</param>
/// <param name="Entered">Who wrote it down, and when.</param>
/// <param name="IsConfidential">Left out for parents and for people outside the school: what the pupil said in confidence, say.</param>
/// <param name="Corrections">In the order in which they were made. The entry itself stays as it was written.</param>
/// <param name="Comments">What parents and staff say to it, in the order in which they were written.</param>
public sealed record Contact(
    ContactId Id, PersonId By, ContactWith With, Instant At, ContactManner Manner, string Note, LocalDate NextDue, Act Entered,
    bool IsConfidential = false, ImmutableArray<ContactCorrection> Corrections = default, ImmutableArray<Comment> Comments = default)
{
    public ImmutableArray<ContactCorrection> Corrections { get; init; } = Corrections.IsDefault ? [] : Corrections;

    public ImmutableArray<Comment> Comments { get; init; } = Comments.IsDefault ? [] : Comments;

    public string NoteNow => Corrections.Length > 0 ? Corrections[^1].Note : Note;

    public LocalDate NextDueNow => Corrections.Length > 0 ? Corrections[^1].NextDue : NextDue;

    /// <summary>Once confidential, it stays so: its earlier words are kept with it.</summary>
    public bool IsConfidentialNow => IsConfidential || Corrections.Any(correction => correction.IsConfidential);

    public override string ToString() => nameof(Contact);
}

/// <summary>What an entry should have said, and whether that makes it confidential.</summary>
public sealed record ContactCorrection(string Note, LocalDate NextDue, Act Act, bool IsConfidential = false)
{
    public override string ToString() => nameof(ContactCorrection);
}

public enum ContactWith
{
    Pupil,
    Parent,
    PupilAndParent,
}

/// <summary>How they spoke.</summary>
/// <remarks>
/// Not <see cref="AV1Relay.Domain.Agreements.AgreementManner"/>, which says how somebody's "yes" reached the school: that may be by a page on which
/// nobody spoke with anybody, and whether two people sat at home or at school makes no difference to it. Regular contact is the other way round.
/// </remarks>
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
