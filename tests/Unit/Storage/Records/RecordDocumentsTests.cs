using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Domain.Settings;
using AV1Relay.Storage.Records;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage.Records;

/// <summary>A document that is read and written again is the same text.</summary>
public sealed class RecordDocumentsTests
{
    private static readonly Dictionary<string, Func<(string Document, string Again)>> Values = new()
    {
        ["card"] = Of(OnePupil.Card),
        ["schooling"] = Of(OnePupil.Schooling),
        ["person"] = Of(RecordCase.Adult),
        ["parenthood"] = Of(OnePupil.Parenthood),
        ["rating"] = Of(OnePupil.Rating),
        ["session"] = Of(OnePupil.Session),
        ["arrangement"] = Of(OnePupil.Arrangement),
        ["contacts"] = Of(OnePupil.Log),
        ["sent home"] = Of(OnePupil.SentHome),
        ["comment on a plan"] = Of(OnePupil.Comment),
        ["referral"] = Of(OnePupil.Referral),
        ["missed sessions"] = Of(OnePupil.Missed),
        ["ATTEND"] = Of(OnePupil.Profile),
        ["concern"] = Of(OnePupil.Concern),
        ["hold"] = Of(RecordCase.Hold),
        ["evidence"] = Of(new DeletionEvidence(RetentionClass.Telemetry, 3, new LocalDate(2026, 1, 1), new LocalDate(2026, 1, 2), "a rule", DeletionCause.Erasure, PlanFixture.Start)),
        ["robot"] = Of(RecordCase.Robot),
        ["room"] = Of(new SchoolRoom(new RoomId(PlanFixture.Id(1)), "8B", new WalkTest(HoldsWifi: true, PlanFixture.ActAt()))),
        ["school"] = Of(new SchoolCard(OnePupil.School, "The school", "Europe/London", new LocalTime(12, 30), ConcernRoute.Create("dsl@school.example").Value, PlanFixture.ActAt()) { NamesOutside = true }),
        ["settings"] = Of(AuthoritySettings.Default),
    };

    public static TheoryData<string> Names => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_the_same_text(string name)
    {
        var (document, again) = Values[name]();

        Assert.Equal(document, again);
    }

    [Fact]
    public void The_pupils_numbers_are_kept_with_what_they_share()
    {
        var back = RecordJson.Read<StepRating>(RecordJson.Write(OnePupil.Rating));

        Assert.Equal((OnePupil.Rating.ForPupil, OnePupil.Rating.ForAdults()), (back.ForPupil, back.ForAdults()));
    }

    private static Func<(string Document, string Again)> Of<T>(T value) => () =>
    {
        var document = RecordJson.Write(value);
        return (document, RecordJson.Write(RecordJson.Read<T>(document)));
    };
}
