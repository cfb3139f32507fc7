using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Records;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Schedule;

/// <summary>The day's list, to each as much of it as is theirs.</summary>
public abstract class StaffDayContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_work_with_pupils_and_robots_have_one()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);

        Assert.Equal(
            "Psychologist Sendco KeyAdult Teacher Technician OtherKeyAdult",
            await EveryRole.WhoMayAsync(caller => school.Schedule.DayAsync(caller, InventedSchool.Id, Cancellation)));
    }

    [Fact]
    public async Task A_teacher_looks_after_their_own_lesson_and_sees_that_a_robot_comes_to_anothers()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await BookedAsync(storage);

        var own = Assert.Single((await school.Schedule.DayAsync(InventedSchool.Teacher, InventedSchool.Id, Cancellation)).Value.Entries);
        var others = Assert.Single((await school.Schedule.DayAsync(InventedSchool.OtherTeacher, InventedSchool.Id, Cancellation)).Value.Entries);

        Assert.Equal((true, "8B", LeftOut.PlanContents), (own.IsTheirs, own.Room, own.Read.LeftOut));
        Assert.Equal((false, "8B", LeftOut.Pupils | LeftOut.PlanContents), (others.IsTheirs, others.Room, others.Read.LeftOut));
    }

    [Fact]
    public async Task A_key_adult_has_their_own_pupils_alone()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await BookedAsync(storage);

        Assert.True(Assert.Single((await school.Schedule.DayAsync(InventedSchool.KeyAdult, InventedSchool.Id, Cancellation)).Value.Entries).IsTheirs);
        Assert.Empty((await school.Schedule.DayAsync(EveryRole.OtherKeyAdult, InventedSchool.Id, Cancellation)).Value.Entries);
    }

    [Fact]
    public async Task Technicians_see_rooms_and_robots_and_no_pupil()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await BookedAsync(storage);

        var entry = Assert.Single((await school.Schedule.DayAsync(InventedSchool.Technician, InventedSchool.Id, Cancellation)).Value.Entries);

        Assert.False(entry.IsTheirs);
        Assert.True(entry.Read.LeftOut.HasFlag(LeftOut.Pupils | LeftOut.PlanContents));
    }

    [Fact]
    public async Task What_was_called_off_and_what_is_tomorrow_is_not_in_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await BookedAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, day: 1), "", Cancellation);
        await school.Schedule.CancelAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), 1, "Ill"), Cancellation);

        Assert.Empty((await school.Schedule.DayAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.Entries);
    }

    private async Task<InventedSchool> BookedAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        return school;
    }
}

public sealed class StaffDayOnSqliteTests() : StaffDayContract(TestDatabase.Sqlite);

public sealed class StaffDayOnPostgresTests() : StaffDayContract(TestDatabase.Postgres);
