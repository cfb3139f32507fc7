using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Registers;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>What is kept can be written as plain JSON and built again from it, through the one constructor that checks it.</summary>
public sealed class StoredAsJsonTests
{
    private static readonly LocalDate Tuesday = Calendar.School.Date(2026, 3, 3);
    private static readonly Lesson Lesson = Calendar.School.Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new LocalTime(10, 5), week: CycleWeek.A);

    private static readonly ImmutableArray<object> Kept =
    [
        .. Enum.GetValues<SessionState>().Select(state => In(state, Use() with { Lesson = new LessonName(Maths, "8B maths") })),
        In(SessionState.Live).Extend(Duration.FromMinutes(5), WhatFollows.Nothing, By(At(10, 20)), Rules).Value.Pause(PauseReason.Curtain, At(10, 21)).Value,
        In(SessionState.Live).OnTime(End, Rules).Session,
        In(SessionState.Live).Leave(At(10, 7), Rules).Value.Reflect(new Reflection.OfStaff(KeyAdult, At(11, 0), "Calm")).Value,
        In(SessionState.Live).BreakOff("No link", At(10, 20)).Value,
        In(SessionState.Live).Decline(PupilSaysNo with { Capacity = AV1Relay.Domain.Agreements.AgreementCapacity.Parent }).Value,
        SessionReceipt.For(In(SessionState.Live).Pause(PauseReason.Curtain, At(10, 10)).Value.Leave(At(10, 25), Rules).Value).Value,
        new EngagementLedger(Pupil, [EngagementEntry.For(In(SessionState.Ended), new EngagementEntryId(Number(60))).Value])
            .StrikeOut(new EngagementEntryId(Number(60)), By(At(12, 0)) with { Why = "Another pupil's" }).Value,
        Calendar.School.TheYear.Close(new Closure(Calendar.School.Dates(2026, 3, 4, 2026, 3, 5), ClosureKind.Other, "Snow"), Calendar.School.Office).Value,
        Calendar.School.TimetableOf(Lesson).MoveTime(Lesson.Id, Tuesday, Slot(9, 0, 30, Tuesday), Calendar.School.TheYear, Calendar.School.Office).Value,
        WeeklyRepeat.Create(Tuesday, [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Friday], new LocalTime(10, 5), Duration.FromMinutes(30), new RepeatEnd.Times(5), CycleWeek.B).Value,
        new RegisterCodeTable(
            AcademicYearStarts.England.YearOf(Tuesday), "a source of this test", [new RegisterCode("X1", "not here")],
            [new RegisterCodeRow(PupilLocation.Home, new AbsenceReason("a reason of this test"), RegistrationHalf.Morning, "X1")]),
        Rules,
    ];

    public static TheoryData<int, string> WhatIsKept()
    {
        var data = new TheoryData<int, string>();
        for (var number = 0; number < Kept.Length; number++) data.Add(number, Kept[number].GetType().Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(WhatIsKept))]
    public void It_is_built_again_as_it_was(int number, string type)
    {
        Assert.NotEmpty(type);
        var written = JsonSerializer.Serialize(Kept[number], StoredAsJson.Options);

        var built = JsonSerializer.Deserialize(written, Kept[number].GetType(), StoredAsJson.Options);

        Assert.Equal(written, JsonSerializer.Serialize(built, StoredAsJson.Options));
    }

    [Fact]
    public void Something_of_each_was_written() => Assert.All(
        Kept, kept => Assert.True(JsonSerializer.SerializeToNode(kept, StoredAsJson.Options)!.AsObject().Count >= 2)); // an object, not null

    [Theory]
    [InlineData(typeof(ScheduledSession))]
    [InlineData(typeof(BookedUse))]
    [InlineData(typeof(SessionHistory))]
    [InlineData(typeof(SessionReceipt))]
    [InlineData(typeof(EngagementLedger))]
    [InlineData(typeof(EngagementEntry))]
    [InlineData(typeof(StepTried))]
    [InlineData(typeof(SchoolCalendar))]
    [InlineData(typeof(AcademicYearStarts))]
    [InlineData(typeof(Timetable))]
    [InlineData(typeof(WeekCycle))]
    [InlineData(typeof(WeeklyRepeat))]
    [InlineData(typeof(RegisterCodeTable))]
    public void It_is_built_by_one_constructor_of_what_its_properties_say(Type type)
    {
        var constructor = Assert.Single(type.GetConstructors());

        Assert.NotEmpty(constructor.GetParameters());
        Assert.All(constructor.GetParameters(), parameter => Assert.Equal(
            parameter.ParameterType,
            type.GetProperty(parameter.Name!, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType)); // it has a name
    }

    [Theory]
    [InlineData(typeof(EndedBy))]
    [InlineData(typeof(Reflection))]
    [InlineData(typeof(RepeatEnd))]
    public void Each_kind_has_a_name_to_be_stored_under(Type hierarchy) => Assert.Equal(
        hierarchy.GetNestedTypes().ToHashSet(), hierarchy.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(named => named.DerivedType).ToHashSet());

    [Fact]
    public void What_is_left_out_is_empty_and_never_missing()
    {
        var written = JsonSerializer.SerializeToNode(In(SessionState.Proposed), StoredAsJson.Options)!.AsObject(); // an object, not null
        written[nameof(ScheduledSession.History)] = new JsonObject { [nameof(SessionHistory.Proposed)] = written["History"]!["Proposed"]!.DeepClone() };

        var history = written.Deserialize<ScheduledSession>(StoredAsJson.Options)!.History; // an object, not null

        Assert.False(history.Agreements.IsDefault || history.Joins.IsDefault || history.Pauses.IsDefault || history.Extensions.IsDefault || history.Reflections.IsDefault);
    }

    [Fact]
    public void What_can_not_have_been_is_not_built()
    {
        var written = JsonSerializer.SerializeToNode(SessionReceipt.For(In(SessionState.Ended)).Value, StoredAsJson.Options)!.AsObject(); // an object
        (written["Booked"]!["Start"], written["Booked"]!["End"]) = (written["Booked"]!["End"]!.DeepClone(), written["Booked"]!["Start"]!.DeepClone()); // as above

        Assert.Throws<ArgumentException>(() => written.Deserialize<SessionReceipt>(StoredAsJson.Options));
    }
}
