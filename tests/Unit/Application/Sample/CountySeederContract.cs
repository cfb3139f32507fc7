using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Sample;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Sample;

public abstract class CountySeederContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 11, 10, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_invented_is_kept()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var county = new CountyGenerator(1, SampleSize.Authority, Now);

        var counts = await new CountySeeder(storage.Get<IRecords>(), TimeProvider.System).SeedAsync(county, "a test", null, Cancellation);

        await using var work = await storage.Get<IRecords>().BeginAsync(county.Administrator, Now, [], Cancellation);
        var kept = await work.Schools.AllAsync(Cancellation);
        var pupil = county.Schools().First().Pupils[0];
        Assert.Equal((2, 4, 12), (counts.Schools, counts.Robots, counts.Plans));
        Assert.Equal(["Ashgrove Secondary School", "Millbrook Academy"], kept.Select(school => school.Value.Name));
        Assert.Equal(pupil.Sessions.Select(session => session.Id), (await work.Sessions.OfPupilAsync(pupil.Plan.Pupil, Cancellation)).Select(session => session.Value.Id));
    }

    [Fact]
    public async Task A_schools_invented_robots_are_listed_and_nothing_can_come_in_under_their_names()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var county = new CountyGenerator(1, SampleSize.Authority, Now);
        await new CountySeeder(storage.Get<IRecords>(), TimeProvider.System).SeedAsync(county, "a test", null, Cancellation);
        var (school, technician) = (county.Schools().First(), new PersonId(Guid.NewGuid()));
        await using (var work = await storage.Get<IRecords>().BeginAsync(county.Administrator, Now, [Claim.OnAuthority], Cancellation))
        {
            var act = new Act(county.Administrator, Now);
            work.Assignments.Add(new Assignment(
                new AssignmentId(Guid.NewGuid()), technician, Role.Technician, new AccessScope.OneSchool(school.Card.Id), Now, until: null, act));
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        var fleet = new StaffFleet(new Desk(storage.Get<IRecords>(), TimeProvider.System));
        var listed = (await fleet.ListAsync(new Caller(technician), school.Card.Id, Cancellation)).Value.Robots;

        Assert.Equal(school.Robots.Select(robot => robot.RobotName), listed.Select(read => read.Robot.Name));
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        Assert.Empty(await context.RobotCertificates.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Each_piece_of_work_has_one_audit_entry_and_the_chain_holds()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var seeder = new CountySeeder(storage.Get<IRecords>(), TimeProvider.System);

        var counts = await seeder.SeedAsync(new CountyGenerator(1, SampleSize.County(3), Now), "a test", null, Cancellation);

        var verification = await storage.Get<IAuditLog>().VerifyAsync(Cancellation);
        Assert.Null(verification.Problem);
        Assert.Equal((counts.All + CountySeeder.BatchSize - 1) / CountySeeder.BatchSize, verification.Entries);
    }

    [Fact]
    public async Task A_second_county_goes_on_where_the_first_ended()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var seeder = new CountySeeder(storage.Get<IRecords>(), TimeProvider.System);
        await seeder.SeedAsync(new CountyGenerator(1, SampleSize.Authority, Now), "a test", null, Cancellation);

        var there = await seeder.CountSchoolsAsync(Cancellation);
        await seeder.SeedAsync(new CountyGenerator(1, SampleSize.Authority with { FirstSchool = there + 1 }, Now), "a test", null, Cancellation);

        Assert.Equal(4, await seeder.CountSchoolsAsync(Cancellation));
    }
}

public sealed class CountySeederOnSqliteTests() : CountySeederContract(TestDatabase.Sqlite);

public sealed class CountySeederOnPostgresTests() : CountySeederContract(TestDatabase.Postgres);
