using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage.Records;

public abstract class RecordsContract(TestDatabase database)
{
    private static readonly PersonId Who = PlanFixture.KeyAdult;
    private static readonly Instant Now = PlanFixture.Start;
    private static readonly Claim[] Claims = [Claim.On(OnePupil.Id), Claim.OnAuthority];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_added_is_found_as_it_was()
    {
        await using var storage = await CreateAsync();

        await ReadAsync(storage, async work =>
        {
            foreach (var record in RecordCase.All) await AssertIsThereAsync(work, record, version: 1);
        });
    }

    [Fact]
    public async Task What_was_replaced_has_the_next_version()
    {
        await using var storage = await CreateAsync();
        foreach (var record in RecordCase.All) Assert.Null(await ReplaceAsync(storage, record));

        await ReadAsync(storage, async work =>
        {
            foreach (var record in RecordCase.All) await AssertIsThereAsync(work, record, version: 2);
        });
    }

    [Fact]
    public async Task Of_two_who_replace_the_same_version_the_second_is_told_and_nothing_of_theirs_is_kept()
    {
        await using var storage = await CreateAsync();
        foreach (var record in RecordCase.All)
        {
            Action<IWork> second = _ => { };
            await ReadAsync(storage, async work => second = await record.ReadToReplaceAsync(work, Cancellation));
            Assert.Null(await ReplaceAsync(storage, record));
            var before = await storage.Get<IAuditLog>().VerifyAsync(Cancellation);

            var refusal = await ChangeAsync(storage, work =>
            {
                second(work);
                work.Record(new AuditEntry(Now, "person", "plan.changed", "plan", "why"));
            });

            Assert.Equal((record, "records.changed-meanwhile"), (record, refusal?.Code));
            await ReadAsync(storage, work => AssertIsThereAsync(work, record, version: 2));
            Assert.Equal(before, await storage.Get<IAuditLog>().VerifyAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Work_that_is_not_committed_leaves_nothing()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await using (var work = await storage.Get<IRecords>().BeginAsync(Who, Now, Claims, Cancellation))
        {
            foreach (var record in RecordCase.All) record.Add(work);
            work.Record(new AuditEntry(Now, "person", "plan.drafted", "plan", "why"));
        }

        Assert.Equal(0, (await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).Entries);
        await ReadAsync(storage, async work =>
        {
            foreach (var record in RecordCase.All) Assert.True(await record.ReadAsync(work, Cancellation) is null, $"{record} is there.");
        });
    }

    [Fact]
    public async Task A_pupil_has_one_active_plan()
    {
        await using var storage = await CreateAsync();
        var other = SupportPlan.Draft(
            new PlanId(PlanFixture.Id(23)), OnePupil.Id, OnePupil.School, PlanFixture.Goal, PlanFixture.KeyAdult, PlanFixture.Lead,
            OnePupil.Plan.Ladder, PlanFixture.ActAt(), PlanFixture.Say()).Value
            .Activate(PlanFixture.ReviewOn, PlanFixture.Today, PlanFixture.ReviewRules, [], PlanFixture.ActAt(), PlanFixture.Say()).Value;

        Assert.Null(await ChangeAsync(storage, work => work.Plans.Add(OnePupil.Plan)));

        Assert.Equal("records.changed-meanwhile", (await ChangeAsync(storage, work => work.Plans.Add(other)))?.Code);
    }

    [Fact]
    public async Task Two_who_claim_the_same_pupil_wait_for_each_other()
    {
        const int Times = 5;
        await using var storage = await CreateAsync();
        async Task WorkAsync()
        {
            for (var time = 0; time < Times; time++)
            {
                await using var work = await storage.Get<IRecords>().BeginAsync(Who, Now, [Claim.On(OnePupil.Id)], Cancellation);
                work.PupilCards.Replace((await work.PupilCards.FindAsync(OnePupil.Id, Cancellation))!, OnePupil.Card); // it was added
                Assert.Null(await work.CommitAsync(Cancellation));
            }
        }

        // Neither ever finds that the other was faster: without the claim, one of them would.
        await Task.WhenAll(Task.Run(WorkAsync, Cancellation), Task.Run(WorkAsync, Cancellation), Task.Run(WorkAsync, Cancellation));

        await ReadAsync(storage, async work => Assert.Equal(1 + (3 * Times), (await work.PupilCards.FindAsync(OnePupil.Id, Cancellation))?.Version));
    }

    [Fact]
    public async Task Pupils_of_a_school_are_found_by_the_day_also_while_a_move_lies_ahead()
    {
        await using var storage = await CreateAsync();
        var moves = OnePupil.CameOn.PlusMonths(6);
        await ChangeAsync(storage, async work =>
        {
            var kept = await work.Schoolings.FindAsync(OnePupil.Id, Cancellation);
            work.Schoolings.Replace(kept!, kept!.Value.Begin(OnePupil.NextSchool, moves, PlanFixture.ActAt()).Value); // it was added
        });

        await ReadAsync(storage, async work =>
        {
            Assert.Equal([OnePupil.Id], await work.Schoolings.PupilsOfAsync(OnePupil.School, moves.PlusDays(-1), Cancellation));
            Assert.Empty(await work.Schoolings.PupilsOfAsync(OnePupil.School, moves, Cancellation));
            Assert.Equal([OnePupil.Id], await work.Schoolings.PupilsOfAsync(OnePupil.NextSchool, moves, Cancellation));
        });
    }

    [Fact]
    public async Task Records_on_a_pupil_are_found_by_the_pupil()
    {
        await using var storage = await CreateAsync();

        await ReadAsync(storage, async work =>
        {
            Assert.Single(await work.Parenthoods.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Single(await work.Ratings.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Single(await work.Arrangements.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Single(await work.SentHome.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Single(await work.Referrals.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Single(await work.Missed.OfPupilAsync(OnePupil.Id, Cancellation));
            Assert.Empty(await work.Parenthoods.OfPupilAsync(new PupilId(PlanFixture.Id(99)), Cancellation));
        });
    }

    [Fact]
    public async Task Parents_find_whose_parents_they_are()
    {
        await using var storage = await CreateAsync();

        await ReadAsync(storage, async work =>
        {
            Assert.Equal(OnePupil.Id, Assert.Single(await work.Parenthoods.OfParentAsync(OnePupil.Mother, Cancellation)).Value.Pupil);
            Assert.Empty(await work.Parenthoods.OfParentAsync(PlanFixture.KeyAdult, Cancellation));
        });
    }

    [Fact]
    public async Task Ratings_are_found_by_their_step()
    {
        await using var storage = await CreateAsync();

        await ReadAsync(storage, async work =>
        {
            Assert.Single(await work.Ratings.OfStepAsync(OnePupil.Id, PlanFixture.Watch.Id, Cancellation));
            Assert.Empty(await work.Ratings.OfStepAsync(OnePupil.Id, PlanFixture.Meet.Id, Cancellation));
        });
    }

    [Fact]
    public async Task A_reduced_timetable_is_found_by_the_day_that_falls_due_also_after_a_change()
    {
        await using var storage = await CreateAsync();
        await ReplaceAsync(storage, RecordCase.All.Single(record => record.ToString() == "Arrangement"));
        var review = OnePupil.Arrangement.NextReviewOn!.Value; // it is active

        await ReadAsync(storage, async work =>
        {
            Assert.Single(await work.Arrangements.WithDateDueAsync(OnePupil.School, review, Cancellation));
            Assert.Empty(await work.Arrangements.WithDateDueAsync(OnePupil.School, review.PlusDays(-1), Cancellation));
            Assert.Empty(await work.Arrangements.WithDateDueAsync(OnePupil.NextSchool, review, Cancellation));
        });
    }

    [Fact]
    public async Task Contact_that_is_due_is_found_among_a_schools_pupils()
    {
        await using var storage = await CreateAsync();
        var due = OnePupil.Log.NextDue;

        await ReadAsync(storage, async work =>
        {
            Assert.Single(await work.Contacts.WithNextDueAsync([OnePupil.Id], due, Cancellation));
            Assert.Empty(await work.Contacts.WithNextDueAsync([OnePupil.Id], due.PlusDays(-1), Cancellation));
            Assert.Empty(await work.Contacts.WithNextDueAsync([], due, Cancellation));
        });
    }

    [Fact]
    public async Task A_referral_waits_until_it_is_answered()
    {
        await using var storage = await CreateAsync();
        await ReadAsync(storage, async work => Assert.Single(await work.Referrals.WaitingAsync(OnePupil.School, Cancellation)));

        await ChangeAsync(storage, async work =>
        {
            var kept = Assert.Single(await work.Referrals.WaitingAsync(OnePupil.School, Cancellation));
            work.Referrals.Replace(kept, kept.Value.Answer("Yes", AV1Relay.Tests.Unit.Domain.Referrals.Given.Answering).Value);
        });

        await ReadAsync(storage, async work => Assert.Empty(await work.Referrals.WaitingAsync(OnePupil.School, Cancellation)));
    }

    [Fact]
    public async Task A_concern_is_found_by_whom_it_is_about_and_may_be_about_nobody()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var aboutNobody = new ConcernRaised(new ConcernId(PlanFixture.Id(65)), Now, Who, byPupil: null, session: null, plan: null);
        await ChangeAsync(storage, work =>
        {
            work.Concerns.Add(OnePupil.Concern, OnePupil.Id);
            work.Concerns.Add(aboutNobody, about: null);
        });

        await ReadAsync(storage, async work =>
        {
            Assert.Equal(OnePupil.Concern, Assert.Single(await work.Concerns.OfPupilAsync(OnePupil.Id, Cancellation)).Value);
            Assert.Equal(aboutNobody, (await work.Concerns.FindAsync(aboutNobody.Id, Cancellation))?.Value);
        });
    }

    [Fact]
    public async Task Robots_are_found_by_their_school()
    {
        await using var storage = await CreateAsync();

        await ReadAsync(storage, async work =>
        {
            Assert.Equal(RecordCase.Robot, Assert.Single(await work.StationedRobots.OfSchoolAsync(OnePupil.School, Cancellation)).Value);
            Assert.Empty(await work.StationedRobots.OfSchoolAsync(OnePupil.NextSchool, Cancellation));
        });
    }

    [Fact]
    public async Task Holds_are_listed_lifted_ones_too()
    {
        await using var storage = await CreateAsync();
        await ChangeAsync(storage, async work =>
        {
            var kept = await work.LegalHolds.FindAsync(RecordCase.Hold.Id, Cancellation);
            work.LegalHolds.Replace(kept!, kept!.Value.Lift(PlanFixture.ActAt(1)).Value); // it was added
        });

        await ReadAsync(storage, async work => Assert.NotNull(Assert.Single(await work.LegalHolds.AllAsync(Cancellation)).Value.Lifted));
    }

    private async Task<TemporaryRelayStorage> CreateAsync()
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database);
        Assert.Null(await ChangeAsync(storage, work =>
        {
            foreach (var record in RecordCase.All) record.Add(work);
        }));
        return storage;
    }

    private static async Task AssertIsThereAsync(IWork work, RecordCase record, long version)
    {
        var found = await record.ReadAsync(work, Cancellation);
        Assert.True(found == (version, record.Document), $"{record} in version {found?.Version}: {found?.Document}");
    }

    private static Task<Refusal?> ReplaceAsync(TemporaryRelayStorage storage, RecordCase record) =>
        ChangeAsync(storage, async work => (await record.ReadToReplaceAsync(work, Cancellation))(work));

    private static Task<Refusal?> ChangeAsync(TemporaryRelayStorage storage, Action<IWork> change) => ChangeAsync(storage, work =>
    {
        change(work);
        return Task.CompletedTask;
    });

    private static async Task<Refusal?> ChangeAsync(TemporaryRelayStorage storage, Func<IWork, Task> change)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(Who, Now, Claims, Cancellation);
        await change(work);
        return await work.CommitAsync(Cancellation);
    }

    private static async Task ReadAsync(TemporaryRelayStorage storage, Func<IWork, Task> read)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(Who, Now, [], Cancellation);
        await read(work);
    }
}

public sealed class RecordsOnSqliteTests() : RecordsContract(TestDatabase.Sqlite);

public sealed class RecordsOnPostgresTests() : RecordsContract(TestDatabase.Postgres);
