using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Plans;

internal sealed class RatingRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<RatingRow, RatingId, StepRating>(context, who, now), IRatingRecords
{
    public async Task<IReadOnlyList<Kept<StepRating>>> OfStepAsync(PupilId pupil, StepId step, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(Rows.Where(row => row.PupilId == pupil.Value && row.StepId == step.Value), cancellationToken)).OrderBy(kept => kept.Value.At)];

    protected override Guid KeyOf(RatingId id) => id.Value;

    protected override RatingId IdOf(StepRating record) => record.Id;

    protected override void Fill(RatingRow row, StepRating record) =>
        (row.PupilId, row.StepId, row.RecordedOn) = (record.Pupil.Value, record.Step.Value, record.At.InUtc().Date);
}
