using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Plans;
using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Privacy;

/// <summary>Ratings belong to the pupil, who chooses what adults see of each (domain rule 3).</summary>
internal sealed class RatingTable(RecordKind kind) : PupilTable<RatingRow>(kind, goesLast: false)
{
    /// <remarks>Written again from what is shared alone. What is missing was skipped or not shared: nobody can tell which.</remarks>
    public override string? ForSchool(string document)
    {
        var rating = RecordJson.Read<StepRating>(document);
        var shared = rating.ForAdults();
        return shared is { Before: null, Peak: null, After: null, Answer: null }
            ? null
            : RecordJson.Write(new StepRating(
                rating.Id, rating.Pupil, rating.Step, rating.Session, rating.At,
                new PupilsRatings(shared.Before, shared.Peak, shared.After, shared.Answer), Told(shared), rating.SeenByPupilAt));
    }

    private static SharedWithAdults Told(AdultsRatings shared) =>
        (shared.Before is null ? SharedWithAdults.Nothing : SharedWithAdults.Before)
        | (shared.Peak is null ? SharedWithAdults.Nothing : SharedWithAdults.Peak)
        | (shared.After is null ? SharedWithAdults.Nothing : SharedWithAdults.After)
        | (shared.Answer is null ? SharedWithAdults.Nothing : SharedWithAdults.Answer);
}
