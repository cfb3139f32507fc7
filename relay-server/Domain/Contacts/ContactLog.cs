using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Contacts;

/// <summary>The regular contact with one pupil and their parents. It only grows.</summary>
/// <remarks>Always true: no two entries have the same id; nothing that was entered is taken out or overwritten; there is always a next one due.</remarks>
public sealed class ContactLog
{
    /// <param name="firstDue">When the first contact is due: regular contact begins with a date, not with an entry.</param>
    /// <exception cref="ArgumentException">Two entries have the same id.</exception>
    public ContactLog(PupilId pupil, LocalDate firstDue, IEnumerable<Contact> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        (Pupil, FirstDue, Entries) = (pupil, firstDue, [.. entries]);
        if (Entries.DistinctBy(entry => entry.Id).Count() < Entries.Count) throw new ArgumentException("An entry is there twice.", nameof(entries));
    }

    public PupilId Pupil { get; }

    public LocalDate FirstDue { get; }

    /// <summary>In the order in which they were entered.</summary>
    public IReadOnlyList<Contact> Entries { get; }

    /// <summary>Latest contact by when it took place, however late it was entered; null before the first.</summary>
    public Contact? Latest => Entries.MaxBy(entry => entry.At);

    public LocalDate NextDue => Latest?.NextDueNow ?? FirstDue;

    /// <summary>Its day has passed. On the day itself there is still time.</summary>
    public bool IsOverdueOn(LocalDate today) => today > NextDue;

    /// <summary>Enters a contact that has taken place.</summary>
    /// <param name="at">When it is entered; the contact itself was earlier.</param>
    /// <param name="zone">The school's, to tell on which day it took place.</param>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    public Outcome<ContactLog> Enter(Contact contact, Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(zone);
        if (contact.At > at)
            return new Refusal("contact.in-future", "That contact has not taken place yet.", "Correct the time, or enter it afterwards.");
        if (contact.NextDue <= contact.At.InZone(zone).Date)
            return new Refusal("contact.next-due", "The next contact is not after this one.", "Choose a later day for the next contact.");
        return new ContactLog(Pupil, FirstDue, [.. Entries, contact]);
    }

    /// <summary>Says what an entry should have said. What it did say stays.</summary>
    public Outcome<ContactLog> Correct(ContactId id, string note, LocalDate nextDue, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Entries.All(entry => entry.Id != id))
            return new Refusal("contact.unknown", "There is no such entry.", "Look at the list of contacts again.");
        return new ContactLog(Pupil, FirstDue, Entries.Select(entry => entry.Id != id
            ? entry
            : entry with { Corrections = [.. entry.Corrections, new ContactCorrection(note, nextDue, act)] }));
    }

    /// <summary>Whose regular contact is overdue, longest first.</summary>
    public static IReadOnlyList<ContactLog> Overdue(IEnumerable<ContactLog> logs, LocalDate today)
        => [.. logs.Where(log => log.IsOverdueOn(today)).OrderBy(log => log.NextDue).ThenBy(log => log.Pupil.Value)];
}
