using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>
/// All that is kept on pupils, whatever kind of record it is: to be given out, to be erased, to be deleted when its time is over; and what
/// is kept on the adults around them, which is erased with them and deleted likewise, but given out with no pupil.
/// </summary>
public interface IPupilData
{
    /// <summary>Every kind, in the order in which they are deleted: who the pupil is comes last, since that says when the rest is due.</summary>
    IReadOnlyList<RecordKind> Kinds { get; }

    /// <summary>The school that the pupil is or was last at; null when nothing on the pupil says.</summary>
    Task<SchoolId?> SchoolOfAsync(PupilId pupil, CancellationToken cancellationToken);

    /// <summary>What there is on one pupil; never what is in it.</summary>
    Task<IReadOnlyList<RecordFacts>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken);

    /// <summary>
    /// What is kept on adults because of this pupil alone: the roles at the pupil's plans, and the cards of parents who have no other child
    /// and no other role here. It goes with the pupil.
    /// </summary>
    Task<IReadOnlyList<RecordFacts>> OfFamilyAsync(PupilId pupil, CancellationToken cancellationToken);

    /// <summary>One record as it is kept, as far as it is for them; null when nothing of it is, or it is gone.</summary>
    Task<KeptDocument?> ReadAsync(RecordFacts record, ExportFor whom, CancellationToken cancellationToken);

    /// <summary>Those that may be due, by id, and are no longer in use: <see cref="Retention.Due"/> says which of them are.</summary>
    /// <param name="start">What the time of keeping is counted from.</param>
    /// <param name="upTo">Whatever started later isn't looked at.</param>
    /// <param name="after">The last one that has been looked at; null to begin.</param>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<RecordFacts>> MaybeDueAsync(
        RecordKind kind, RetentionStart start, LocalDate upTo, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Of these ids those that are there and no longer in use, as they are now.</summary>
    Task<IReadOnlyList<RecordFacts>> FindAsync(RecordKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Deletes them, within work that has claimed their pupils.</summary>
    /// <exception cref="InvalidOperationException">The work claims nothing, or one of them is gone.</exception>
    Task DeleteAsync(IReadOnlyCollection<RecordFacts> records, CancellationToken cancellationToken);
}

/// <param name="Slug">Stable: <c>sent-home</c>.</param>
/// <param name="Name">For people: <c>Sent home</c>.</param>
public sealed record RecordKind(string Slug, string Name, RetentionClass Class);

/// <param name="Json">All that it says.</param>
public sealed record KeptDocument(long Version, string Json)
{
    public override string ToString() => nameof(KeptDocument);
}
