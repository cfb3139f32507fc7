using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Records;

public interface IRatingRecords : IPupilRecordSet<RatingId, StepRating>
{
    /// <summary>One pupil's of one step, the earliest try first.</summary>
    Task<IReadOnlyList<Kept<StepRating>>> OfStepAsync(PupilId pupil, StepId step, CancellationToken cancellationToken);
}
