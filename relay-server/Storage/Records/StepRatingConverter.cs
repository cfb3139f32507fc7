using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Storage.Records;

/// <summary>A rating keeps its numbers to itself: they come out through the one door that is the pupil's, for keeping too.</summary>
internal sealed class StepRatingConverter : JsonConverter<StepRating>
{
    public override StepRating Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kept = JsonSerializer.Deserialize<KeptRating>(ref reader, options) ?? throw new JsonException("A rating is missing.");
        return new StepRating(
            kept.Id, kept.Pupil, kept.Step, kept.Session, kept.At, kept.Before, kept.Peak, kept.After, kept.Answer, kept.Shared, kept.SeenByPupilAt);
    }

    public override void Write(Utf8JsonWriter writer, StepRating value, JsonSerializerOptions options)
    {
        var ratings = value.ForPupil();
        JsonSerializer.Serialize(
            writer,
            new KeptRating(
                value.Id, value.Pupil, value.Step, value.Session, value.At,
                ratings.Before, ratings.Peak, ratings.After, ratings.Answer, value.Shared, value.SeenByPupilAt),
            options);
    }

    private sealed record KeptRating(
        RatingId Id, PupilId Pupil, StepId Step, SessionId? Session, Instant At,
        int? Before, int? Peak, int? After, PupilsAnswer? Answer, SharedWithAdults Shared, Instant? SeenByPupilAt);
}
