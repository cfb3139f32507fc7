using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Records;

/// <summary>Records about pupils that don't say themselves at which school they were made: whoever adds one says so, and it stays so.</summary>
public interface IRecordSetAtSchools<in TId, T>
    where T : class
{
    /// <summary>Null when there is none.</summary>
    Task<Kept<T>?> FindAsync(TId id, CancellationToken cancellationToken);

    /// <summary>One pupil's, the earliest recorded first.</summary>
    Task<IReadOnlyList<Kept<T>>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken);

    /// <summary>These pupils', in no order; one question, however many.</summary>
    Task<IReadOnlyList<Kept<T>>> OfPupilsAsync(IReadOnlyCollection<PupilId> pupils, CancellationToken cancellationToken);

    /// <summary>A new one; it is there once the work is committed.</summary>
    void Add(T record, SchoolId school);

    /// <summary>Puts the next version in the place of the one that was read.</summary>
    void Replace(Kept<T> kept, T next);
}
