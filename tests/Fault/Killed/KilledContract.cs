using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Application;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Fault.Killed;

/// <summary>A process that is killed in the middle of its work leaves each piece of it whole or not at all.</summary>
public abstract class KilledContract(TestDatabase database)
{
    /// <summary>Each kill falls into another part of a piece of work.</summary>
    private static readonly (int Lines, int Spins)[] Kills = [(3, 0), (2, 20_000), (4, 100_000), (3, 400_000), (2, 1_500_000)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bookings_are_there_as_far_as_they_were_answered_each_once_with_its_audit_entry()
    {
        await using var storage = await SetAsync(pupils: Worker.Bookings);
        var next = 1;
        foreach (var (lines, spins) in Kills)
        {
            var answered = await KilledProcess.RunAsync(storage, Worker.Book, next, lines, spins);

            var stored = await StoredAsync(storage);
            Assert.InRange(stored.Count, next - 1 + answered.Count, next + answered.Count); // the last one may be kept and not yet answered
            Assert.Equal(stored.Count, await CountAsync(storage, "session.proposed"));
            Assert.Equal(stored.Count, stored.DistinctBy(session => (session.Booked.RobotName, session.Booked.Slot)).Count());
            Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
            next = stored.Count + 1;
        }

        Assert.True(next > Kills.Sum(kill => kill.Lines), "Nothing was booked.");
    }

    [Fact]
    public async Task Reviews_are_there_as_far_as_they_were_answered_each_once_with_its_audit_entry()
    {
        await using var storage = await SetAsync(pupils: 1);
        var next = 1;
        foreach (var (lines, spins) in Kills)
        {
            var answered = await KilledProcess.RunAsync(storage, Worker.Review, next, lines, spins);

            var (plan, version) = await PlanAsync(storage);
            Assert.InRange(plan.Reviews.Length, next - 1 + answered.Count, next + answered.Count);
            Assert.Equal(plan.Reviews.Length + 1, version);
            Assert.Equal(plan.Reviews.Length, await CountAsync(storage, "review.held"));
            Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
            next = plan.Reviews.Length + 1;
        }
    }

    [Fact]
    public async Task A_pupil_is_in_with_a_code_that_is_used_or_has_a_code_that_still_works()
    {
        await using var storage = await SetAsync(pupils: ReadySessions.Count);
        await ReadySessions.AddAsync(storage);
        var next = 1;
        foreach (var (lines, spins) in Kills)
        {
            var answered = await KilledProcess.RunAsync(storage, Worker.Join, next, lines, spins);

            var live = (await StoredAsync(storage)).Where(session => session.State == SessionState.Live).Select(session => session.Id).ToHashSet();
            Assert.InRange(live.Count, next - 1 + answered.Count, next + answered.Count); // the last one may be in and not yet answered
            Assert.Equal(live, await UsedCodesAsync(storage));
            Assert.Equal((live.Count, live.Count), (await CountAsync(storage, "session.joined"), await CountAsync(storage, "device.bound")));
            Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
            next = live.Count + 1;
        }
    }

    [Fact]
    public async Task A_retention_run_leaves_whole_batches_with_their_evidence_and_the_next_one_finishes()
    {
        const int Ratings = 10_000;
        await using var storage = await SetAsync(pupils: 1);
        await AddRatingsAsync(storage, Ratings);

        await KilledProcess.RunAsync(storage, Worker.Retention, async () =>
        {
            while (await RatingsAsync(storage) == Ratings) Cancellation.ThrowIfCancellationRequested();
        });

        var left = await RatingsAsync(storage);
        Assert.InRange(left, 1, Ratings - 1); // it was in the middle
        Assert.Equal(Ratings - left, await EvidenceAsync(storage));
        Assert.Null((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);

        await KilledProcess.RunToEndAsync(storage, Worker.Retention);
        Assert.Equal((0, Ratings), (await RatingsAsync(storage), await EvidenceAsync(storage)));
    }

    private async Task<TemporaryRelayStorage> SetAsync(int pupils)
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), new FakeTimeProvider(InventedSchool.Morning.ToDateTimeOffset()), pupils);
        return storage;
    }

    private static async Task AddRatingsAsync(TemporaryRelayStorage storage, int count)
    {
        await using var work = await WorkAsync(storage, Claim.On(InventedSchool.Pupil(1)));
        for (var number = 0; number < count; number++)
            work.Ratings.Add(new StepRating(new RatingId(InventedSchool.Number(10_000 + number)), InventedSchool.Pupil(1), InventedSchool.Step(1), null, InventedSchool.Morning));
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task<List<ScheduledSession>> StoredAsync(TemporaryRelayStorage storage)
    {
        await using var work = await WorkAsync(storage);
        var days = new DateInterval(InventedSchool.Monday, InventedSchool.Monday.PlusWeeks(8));
        return [.. (await work.Sessions.OfSchoolAsync(InventedSchool.Id, days, Cancellation)).Select(kept => kept.Value)];
    }

    private static async Task<HashSet<ScheduledSessionId>> UsedCodesAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        var used = await context.JoinCodes.Where(code => code.UsedAt != null).Select(code => code.Session).ToListAsync(Cancellation);
        return [.. used.Select(session => new ScheduledSessionId(Guid.ParseExact(session, "D")))];
    }

    private static async Task<(SupportPlan Plan, long Version)> PlanAsync(TemporaryRelayStorage storage)
    {
        await using var work = await WorkAsync(storage);
        var kept = await work.Plans.FindAsync(InventedSchool.Plan(1), Cancellation);
        Assert.NotNull(kept);
        return (kept.Value, kept.Version);
    }

    private static async Task<int> RatingsAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return await context.Ratings.CountAsync(Cancellation);
    }

    private static async Task<int> EvidenceAsync(TemporaryRelayStorage storage)
    {
        await using var work = await WorkAsync(storage);
        return (await work.DeletionEvidence.ListAsync(1_000, Cancellation)).Sum(evidence => evidence.Count);
    }

    private static async Task<int> CountAsync(TemporaryRelayStorage storage, string what)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return await context.Audit.CountAsync(row => row.What == what, Cancellation);
    }

    private static Task<IWork> WorkAsync(TemporaryRelayStorage storage, params Claim[] claims) =>
        storage.Get<IRecords>().BeginAsync(new PersonId(InventedSchool.Number(10)), InventedSchool.Morning, claims, Cancellation);
}

public sealed class KilledOnSqliteTests() : KilledContract(TestDatabase.Sqlite);

public sealed class KilledOnPostgresTests() : KilledContract(TestDatabase.Postgres);
