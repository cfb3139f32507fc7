using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.People;

/// <summary>At which school something is, said to those alone who may see it.</summary>
public abstract class StaffPlacesContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_hears_where_a_plan_a_session_and_a_pupil_are_that_they_may_see()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.KeepAsync(work => work.PupilCards.Add(new PupilCard(InventedSchool.Pupil(1), new PersonalText("Rowan"), new(2013, 5, 1), [])));
        var places = new StaffPlaces(new Desk(school.Records, _time));

        // An administrator sees who may read a plan, and nothing of what stands in it.
        Assert.Equal(
            "Administrator Psychologist Sendco KeyAdult Parent External", await WhoHearsAsync(who => places.OfPlanAsync(who, InventedSchool.Plan(1), Cancellation)));
        Assert.Equal(
            "Psychologist Sendco KeyAdult Teacher Parent", await WhoHearsAsync(who => places.OfSessionAsync(who, InventedSchool.Session(1), Cancellation)));
        Assert.Equal(
            "Psychologist Sendco KeyAdult Parent External", await WhoHearsAsync(who => places.OfPupilAsync(who, InventedSchool.Pupil(1), Cancellation)));
        Assert.Equal(
            "Administrator Sendco",
            await WhoHearsAsync(who => places.OfRoleAsync(who, new AssignmentId(InventedSchool.Number(905)), Cancellation)));
    }

    [Fact]
    public async Task What_is_not_there_is_nowhere()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var places = new StaffPlaces(new Desk(school.Records, _time));

        Assert.Null(await places.OfPlanAsync(InventedSchool.Sendco, new PlanId(Guid.NewGuid()), Cancellation));
        Assert.Null(await places.OfSessionAsync(InventedSchool.Sendco, InventedSchool.Session(99), Cancellation));
        Assert.Null(await places.OfPupilAsync(InventedSchool.Sendco, new PupilId(Guid.NewGuid()), Cancellation));
        Assert.Null(await places.OfRoleAsync(InventedSchool.Sendco, new AssignmentId(Guid.NewGuid()), Cancellation));
    }

    private static async Task<string> WhoHearsAsync(Func<Caller, Task<SchoolId?>> ask)
    {
        List<string> hear = [];
        foreach (var (name, caller) in EveryRole.All)
        {
            if (await ask(caller) is { } school)
            {
                Assert.Equal(InventedSchool.Id, school);
                hear.Add(name);
            }
        }

        return string.Join(' ', hear);
    }
}

public sealed class StaffPlacesOnSqliteTests() : StaffPlacesContract(TestDatabase.Sqlite);

public sealed class StaffPlacesOnPostgresTests() : StaffPlacesContract(TestDatabase.Postgres);
