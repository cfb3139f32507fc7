using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Records;

/// <summary>All records of one kind, within one piece of work.</summary>
public interface IRecordSet<in TId, T>
    where T : class
{
    /// <summary>Null when there is none.</summary>
    Task<Kept<T>?> FindAsync(TId id, CancellationToken cancellationToken);

    /// <summary>Those of these that there are, in no order; one question, however many.</summary>
    Task<IReadOnlyList<Kept<T>>> FindAllAsync(IReadOnlyCollection<TId> ids, CancellationToken cancellationToken);

    /// <summary>A new one; it is there once the work is committed.</summary>
    void Add(T record);

    /// <summary>Puts the next version in the place of the one that was read.</summary>
    void Replace(Kept<T> kept, T next);
}

/// <summary>All records of one kind that are about pupils.</summary>
public interface IPupilRecordSet<in TId, T> : IRecordSet<TId, T>
    where T : class
{
    /// <summary>One pupil's, the earliest recorded first.</summary>
    Task<IReadOnlyList<Kept<T>>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken);

    /// <summary>These pupils', in no order; one question, however many.</summary>
    Task<IReadOnlyList<Kept<T>>> OfPupilsAsync(IReadOnlyCollection<PupilId> pupils, CancellationToken cancellationToken);
}
