using AV1Relay.Domain.People;
using AV1Relay.Domain.Safeguarding;

namespace AV1Relay.Domain.Records;

/// <summary>That concerns were raised. What was raised stays as it was, so none is ever replaced.</summary>
public interface IConcernRecords
{
    Task<Kept<ConcernRaised>?> FindAsync(ConcernId id, CancellationToken cancellationToken);

    /// <param name="about">Whose session or plan it was raised at, or the pupil who raised it; null where neither is known.</param>
    void Add(ConcernRaised raised, PupilId? about);

    Task<IReadOnlyList<Kept<ConcernRaised>>> OfPupilAsync(PupilId pupil, CancellationToken cancellationToken);
}
