using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Contacts;

public readonly record struct SentHomeId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>Work, a message or news that was sent home, so that the pupil stays a part of the school.</summary>
/// <remarks>Always true: it has a title; nobody has acknowledged it twice, or before it was sent. That nobody has acknowledged it is never held against anyone.</remarks>
public sealed record SentHome
{
    /// <param name="words">The message itself, or where the work is; may be empty where the title says it all.</param>
    /// <exception cref="ArgumentException">No title, or somebody acknowledged twice or too early.</exception>
    public SentHome(
        SentHomeId id, PupilId pupil, SentHomeKind kind, ContactWith to, string title, string words, Act sent,
        ImmutableArray<Acknowledgement> acknowledgements)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(sent);
        (Id, Pupil, Kind, To, Title, Words, Sent, Acknowledgements)
            = (id, pupil, kind, to, title, words, sent, acknowledgements.IsDefault ? [] : acknowledgements);
        if (Acknowledgements.DistinctBy(seen => seen.Who).Count() < Acknowledgements.Length)
            throw new ArgumentException("Somebody acknowledged twice.", nameof(acknowledgements));
        if (Acknowledgements.Any(seen => seen.At < sent.At)) throw new ArgumentException("Somebody saw it before it was sent.", nameof(acknowledgements));
    }

    public SentHomeId Id { get; }

    public PupilId Pupil { get; }

    public SentHomeKind Kind { get; }

    public ContactWith To { get; }

    public string Title { get; }

    public string Words { get; }

    public Act Sent { get; }

    public ImmutableArray<Acknowledgement> Acknowledgements { get; private init; }

    public bool IsAcknowledged => Acknowledgements.Length > 0;

    public static Outcome<SentHome> Send(SentHomeId id, PupilId pupil, SentHomeKind kind, ContactWith to, string title, string words, Act act)
        => string.IsNullOrWhiteSpace(title)
            ? new Refusal("sent-home.title-missing", "It has no title yet.", "Write in a few words what it is.")
            : new SentHome(id, pupil, kind, to, title, words, act, []);

    /// <summary>Notes that it was seen. Saying so again changes nothing: the first time counts.</summary>
    public Outcome<SentHome> Acknowledge(Acknowledgement acknowledgement)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        if (acknowledgement.At < Sent.At)
            return new Refusal("sent-home.not-sent-yet", "It had not been sent at that time.", "Correct the time.");
        return Acknowledgements.Any(seen => seen.Who == acknowledgement.Who)
            ? this
            : this with { Acknowledgements = Acknowledgements.Add(acknowledgement) };
    }

    public override string ToString() => nameof(SentHome);
}

/// <param name="Who">The id of the pupil or parent, as text: both can.</param>
/// <param name="Words">What they said to it; may be empty.</param>
public sealed record Acknowledgement(string Who, Instant At, string Words = "")
{
    public override string ToString() => nameof(Acknowledgement);
}

public enum SentHomeKind
{
    Work,
    Message,
    ClubNews,
    TripNews,
    AssemblyNews,
    OtherNews,
}
