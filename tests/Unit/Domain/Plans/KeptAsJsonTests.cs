using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Sessions;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

/// <summary>What is kept is written from public properties and rebuilt through the public constructor, which takes all of it.</summary>
public sealed class KeptAsJsonTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters =
        {
            new JsonStringEnumConverter(),
            new Text<Instant>(InstantPattern.ExtendedIso.Format, text => InstantPattern.ExtendedIso.Parse(text).Value),
            new Text<LocalDate>(LocalDatePattern.Iso.Format, text => LocalDatePattern.Iso.Parse(text).Value),
            new Text<Duration>(DurationPattern.JsonRoundtrip.Format, text => DurationPattern.JsonRoundtrip.Parse(text).Value),
            new Text<Period>(PeriodPattern.Roundtrip.Format, text => PeriodPattern.Roundtrip.Parse(text).Value),
            new Text<AnnualDate>(AnnualDatePattern.Iso.Format, text => AnnualDatePattern.Iso.Parse(text).Value),
            new Text<DateInterval>(
                dates => $"{LocalDatePattern.Iso.Format(dates.Start)}/{LocalDatePattern.Iso.Format(dates.End)}",
                text => new(LocalDatePattern.Iso.Parse(text[..10]).Value, LocalDatePattern.Iso.Parse(text[11..]).Value)),
            new Text<SessionId>(id => id.Value, text => SessionId.TryParse(text, out var id) ? id : throw new JsonException()),
        },
    };

    private static readonly SessionId Session = SessionId.TryParse("club", out var id) ? id : throw new InvalidOperationException();

    private static readonly Dictionary<string, object> Kept = new()
    {
        ["plan"] = FullPlan(),
        ["draft"] = Draft(),
        ["rating"] = new StepRating(
            new RatingId(Id(40)), Pupil, Watch.Id, new ScheduledSessionId(Id(60)), Start, new PupilsRatings(1, 7, null, PupilsAnswer.Repeat), SharedWithAdults.Peak, After(1)),
        ["agreement to a session"] = PupilAgrees(1, new AgreedTo.Session(new(Id(60)))),
        ["agreement to a reduced timetable"] = PupilAgrees(1, new AgreedTo.ReducedTimetable(new(Id(60)), null)),
        ["authority's role"] = Of(Role.Administrator, new AccessScope.WholeAuthority()),
        ["school's role"] = Of(Role.Sendco, new AccessScope.OneSchool(new SchoolId(Id(21))), Mandate.AgreesToReducedTimetables),
        ["plan's role"] = Of(Role.ExternalProfessional, new AccessScope.OnePlan(new SchoolId(Id(21)), new PlanId(Id(20))), ended: ActAt(5)),
        ["room link"] = Of(Role.Teacher, new AccessScope.RoomOnDay(new SchoolId(Id(21)), new(Id(70)), Today)),
        ["legal hold"] = new LegalHold(new LegalHoldId(Id(80)), Pupil, RetentionClass.PlanRecord, ActAt() with { Why = "A claim" }, ActAt(5)),
        ["retention"] = RetentionSettings.Defaults,
        ["evidence"] = new DeletionEvidence(RetentionClass.Telemetry, 3, Today, Today, "30 days", DeletionCause.Retention, Start),
        ["concern"] = new ConcernRaised(new ConcernId(Id(81)), Start, null, Pupil, Session, new PlanId(Id(20))),
        ["route by link"] = ConcernRoute.Create("https://concerns.example/new?from=robot").Value,
        ["route by e-mail"] = ConcernRoute.Create("safe@school.example").Value,
        ["review settings"] = ReviewRules,
        ["fade settings"] = new FadeSettings(3, Duration.FromMinutes(30)),
        ["suggestion settings"] = new SuggestionSettings(8, 2, 3, 2, 4),
    };

    public static TheoryData<string> All => [.. Kept.Keys];

    [Theory, MemberData(nameof(All))]
    public void What_is_kept_is_rebuilt_as_it_was(string what)
    {
        var (kept, type) = (Kept[what], Kept[what].GetType());
        var json = JsonSerializer.Serialize(kept, type, Options);

        var rebuilt = JsonSerializer.Deserialize(json, type, Options);

        Assert.Equal(json, JsonSerializer.Serialize(rebuilt, type, Options));
    }

    [Fact]
    public void A_plan_that_was_kept_goes_on()
    {
        var plan = JsonSerializer.Deserialize<SupportPlan>(JsonSerializer.Serialize(FullPlan(), Options), Options)!; // it was written just now

        Assert.Equal(FullPlan().Version + 1, plan.Close(ActAt(500), Say()).Value.Version);
    }

    [Fact]
    public void What_contradicts_itself_is_not_read()
    {
        var json = JsonSerializer.Serialize(FullPlan(), Options).Replace("\"Status\":\"Active\"", "\"Status\":\"Draft\"", StringComparison.Ordinal);

        Assert.Throws<ArgumentException>(() => JsonSerializer.Deserialize<SupportPlan>(json, Options));
    }

    [Fact]
    public void A_list_that_an_older_version_did_not_keep_is_empty()
    {
        var json = JsonSerializer.Serialize(Draft(), Options).Replace("\"RemovedSections\":[],", "", StringComparison.Ordinal);

        Assert.Empty(JsonSerializer.Deserialize<SupportPlan>(json, Options)!.RemovedSections); // it was written just now
    }

    private static SupportPlan FullPlan()
    {
        PlanSection open = new(new SectionId(Id(50)), "What helps", "Quiet"), gone = new(new SectionId(Id(51)), "At home", "", isConfidential: true);
        var week = new RobotPeriod(new DateInterval(Today, Today.PlusDays(6)), Duration.FromMinutes(40), 1);
        var review = new Review(
            new ReviewId(Id(30)), ReviewOn, NamedStep.Of(Watch), [new("EP", "E.")], "Art.", 1, ReviewDecision.Stay, ReviewOn.PlusWeeks(4), Say(),
            new RobotAgainstSteps([week], AsksForReview: false), ActAt(100));
        return Active().UpAt(1).StepDown(ActAt(2), Say()).Value
            .WriteSection(open, ActAt(3), Say()).Value
            .WriteSection(gone, ActAt(4), Say(isConfidential: true)).Value
            .RemoveSection(gone.Id, ActAt(5), Say()).Value
            .MarkConfidential(open.Id, ActAt(6)).Value
            .Hold(review).Value;
    }

    private static Assignment Of(Role role, AccessScope scope, Mandate mandate = Mandate.None, Act? ended = null)
        => new(new AssignmentId(Id(90)), KeyAdult, role, scope, Start, Start + Duration.FromHours(20), ActAt(), mandate, ended);

    private sealed class Text<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => read(reader.GetString() ?? throw new JsonException());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
