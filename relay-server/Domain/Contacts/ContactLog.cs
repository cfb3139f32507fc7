using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Contacts;

/// <summary>The regular contact with one pupil and their parents. It only grows.</summary>
/// <remarks>
/// Always true: no two entries have the same id; each says something, and was entered after it took place; nothing that was entered is taken out
/// or overwritten; a comment stands at the entry that it is on; there is always a next one due.
/// </remarks>
public sealed class ContactLog
{
    /// <summary>On one entry.</summary>
    public const int MostComments = 100;

    /// <param name="firstDue">When the first contact is due: regular contact begins with a date, not with an entry.</param>
    /// <exception cref="ArgumentException">Two entries have the same id, or one is empty or from before it took place.</exception>
    public ContactLog(PupilId pupil, LocalDate firstDue, ImmutableArray<Contact> entries)
    {
        (Pupil, FirstDue, Entries) = (pupil, firstDue, entries.IsDefault ? [] : entries);
        if (Entries.DistinctBy(entry => entry.Id).Count() < Entries.Length) throw new ArgumentException("An entry is there twice.", nameof(entries));
        if (Entries.Any(entry => entry.At > entry.Entered.At)) throw new ArgumentException("An entry is from before it took place.", nameof(entries));
        if (Entries.Any(entry => string.IsNullOrWhiteSpace(entry.Note) || entry.Corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Note))))
            throw new ArgumentException("An entry says nothing.", nameof(entries));
        if (Entries.Any(entry => entry.Comments.Any(comment => comment.Contact != entry.Id)))
            throw new ArgumentException("A comment stands at another entry.", nameof(entries));
    }

    public PupilId Pupil { get; }

    public LocalDate FirstDue { get; }

    /// <summary>In the order in which they were entered.</summary>
    public ImmutableArray<Contact> Entries { get; }

    /// <summary>Latest contact by when it took place, however late it was entered; null before the first.</summary>
    public Contact? Latest => Entries.MaxBy(entry => entry.At);

    public LocalDate NextDue => Latest?.NextDueNow ?? FirstDue;

    /// <summary>Its day has passed. On the day itself there is still time.</summary>
    public bool IsOverdueOn(LocalDate today) => today > NextDue;

    /// <summary>The contacts to read. Confidential ones are left out unless somebody asks for them on purpose.</summary>
    public ContactsView View(bool withConfidential = false) => new(Pupil, [.. Entries.Where(entry => withConfidential || !entry.IsConfidentialNow)]);

    /// <summary>Enters a contact that has taken place.</summary>
    /// <param name="zone">The school's, to tell on which day it took place.</param>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    public Outcome<ContactLog> Enter(Contact contact, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var refusals = Check(contact, contact.Note, contact.NextDue, zone);
        if (contact.At > contact.Entered.At)
            refusals.Add(new Refusal("contact.in-future", "That contact has not taken place yet.", "Correct the time, or enter it afterwards."));
        return refusals.Count > 0 ? Outcome.Refused<ContactLog>(refusals) : new ContactLog(Pupil, FirstDue, Entries.Add(contact));
    }

    /// <summary>Says what an entry should have said. What it did say stays.</summary>
    /// <param name="zone">The school's, to tell on which day the contact took place.</param>
    public Outcome<ContactLog> Correct(ContactId id, ContactCorrection correction, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(correction);
        if (Find(id) is not { } there) return Unknown();
        var refusals = Check(there, correction.Note, correction.NextDue, zone);
        return refusals.Count > 0
            ? Outcome.Refused<ContactLog>(refusals)
            : new ContactLog(Pupil, FirstDue, Entries.Replace(there, there with { Corrections = there.Corrections.Add(correction) }));
    }

    /// <summary>Somebody says something to an entry.</summary>
    /// <exception cref="ArgumentException">The comment is on another entry.</exception>
    public Outcome<ContactLog> Say(ContactId id, Comment comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (Find(id) is not { } there) return Unknown();
        return there.Comments.Length >= MostComments
            ? new Refusal("contact.too-many-comments", "There are as many comments on this as it holds.", "Talk about it, and enter that as a new contact.")
            : new ContactLog(Pupil, FirstDue, Entries.Replace(there, there with { Comments = there.Comments.Add(comment) }));
    }

    public Contact? Find(ContactId id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Whose regular contact is overdue, longest first.</summary>
    public static IReadOnlyList<ContactLog> Overdue(IEnumerable<ContactLog> logs, LocalDate today)
        => [.. logs.Where(log => log.IsOverdueOn(today)).OrderBy(log => log.NextDue).ThenBy(log => log.Pupil.Value)];

    private static Refusal Unknown() => new("contact.unknown", "There is no such entry.", "Look at the list of contacts again.");

    private static List<Refusal> Check(Contact contact, string note, LocalDate nextDue, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(note))
            refusals.Add(new Refusal("contact.note-missing", "There is no note yet.", "Write a line on it; that nobody answered is worth one too."));
        if (nextDue <= contact.At.InZone(zone).Date)
            refusals.Add(new Refusal("contact.next-due", "The next contact is not after this one.", "Choose a later day for the next contact."));
        return refusals;
    }
}

/// <summary>Contacts to read; made by <see cref="ContactLog.View"/>, which leaves confidential ones out by default.</summary>
public sealed record ContactsView
{
    internal ContactsView(PupilId pupil, ImmutableArray<Contact> entries) => (Pupil, Entries) = (pupil, entries);

    public PupilId Pupil { get; }

    /// <summary>In the order in which they were entered.</summary>
    public ImmutableArray<Contact> Entries { get; }

    public override string ToString() => nameof(ContactsView);
}
