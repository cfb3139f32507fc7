using AV1Relay.Application.Asking;
using AV1Relay.Application.Overview;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Application.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Plans;

/// <summary>Parents say something to the plan; staff see that it waits, and say that it was read.</summary>
public abstract class StaffPlanCommentsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static CommentId Id(int number) => new(InventedSchool.Number(7600 + number));

    [Fact]
    public async Task Each_role_may_what_its_work_needs_on_its_own_plan_and_no_other()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var comments = await OpenAsync(storage);
        var number = 10;

        Assert.Equal("Psychologist Sendco KeyAdult Parent", await EveryRole.WhoMayAsync(who => comments.ReadAsync(who, InventedSchool.Plan(1), Cancellation)));
        Assert.Equal("Psychologist Sendco KeyAdult Parent", await EveryRole.WhoMayAsync(who => SayAsync(comments, who, number++)));
        Assert.Equal("Psychologist Sendco KeyAdult", await EveryRole.WhoMayAsync(who => AcknowledgeAsync(comments, who, 99)));
        var may = (await comments.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value.May;
        Assert.Equal([Operation.CommentOnPlan], may);
    }

    [Fact]
    public async Task What_a_parent_says_waits_on_the_key_adults_list_until_somebody_says_that_it_was_read()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var comments = await OpenAsync(storage);

        await SayAsync(comments, InventedSchool.KeyAdult, 1);
        Assert.Empty(await NeedsAsync(storage));
        await SayAsync(comments, InventedSchool.Parent, 2);
        Assert.Equal((Urgency.Today, "A parent wrote a comment on the plan on 9 November 2026."), Assert.Single(await NeedsAsync(storage)));
        var read = await AcknowledgeAsync(comments, InventedSchool.Psychologist, 2);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal((true, InventedSchool.Psychologist.Who), (read.Value.ByParent, read.Value.Acknowledged?.Who));
        Assert.Equal(("plan.comment-acknowledged", $"plan {InventedSchool.Plan(1)}"), (entry.What, entry.Subject));
        Assert.Empty(await NeedsAsync(storage));
        Assert.Equal(InventedSchool.Psychologist.Who, (await AcknowledgeAsync(comments, InventedSchool.KeyAdult, 2)).Value.Acknowledged?.Who); // the first counts
    }

    [Fact]
    public async Task Sent_twice_it_is_there_once_and_nothing_is_not_said()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var comments = await OpenAsync(storage);

        await SayAsync(comments, InventedSchool.Parent, 1);
        await SayAsync(comments, InventedSchool.Parent, 1);

        Assert.Single((await comments.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value.Comments);
        Assert.Equal(["comment.empty"], (await comments.WriteAsync(InventedSchool.Parent, InventedSchool.Plan(1), Id(2), " ", Cancellation)).Codes());
        Assert.Equal(["plan-comment.own"], (await SayThenAcknowledgeAsync(comments)).Codes());
    }

    [Fact]
    public async Task Another_plans_comment_is_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var comments = await OpenAsync(storage);
        await SayAsync(comments, InventedSchool.Parent, 1);

        Assert.Empty((await comments.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(2), Cancellation)).Value.Comments);
        Assert.Equal(["plan-comment.unknown"], (await comments.AcknowledgeAsync(EveryRole.OtherKeyAdult, InventedSchool.Plan(2), Id(1), Cancellation)).Codes());
    }

    [Fact]
    public async Task To_the_school_before_it_is_as_if_it_were_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var comments = await OpenAsync(storage);
        await SayAsync(comments, InventedSchool.Parent, 1);
        await using (var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], Cancellation))
        {
            var schooling = await work.Schoolings.FindAsync(InventedSchool.Pupil(1), Cancellation) ?? throw new InvalidOperationException("It is there.");
            work.Schoolings.Replace(schooling, InventedSchool.SchoolingOf(InventedSchool.Pupil(1), InventedSchool.ElsewhereId));
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        Assert.Equal(["access.out-of-reach"], (await comments.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Codes());
    }

    private async Task<StaffPlanComments> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return new StaffPlanComments(new Desk(school.Records, _time));
    }

    private async Task<IEnumerable<(Urgency, string)>> NeedsAsync(TemporaryRelayStorage storage) =>
        (await new StaffOverview(new Desk(storage.Get<IRecords>(), _time), new PlayedRobots()).WhatNeedsMeAsync(InventedSchool.KeyAdult, InventedSchool.Id, Cancellation)).Value.Items
            .Where(item => item.Need is CommentToRead).Select(item => (item.Urgency, item.Reason));

    private static async Task<Outcome<PlanComment>> SayThenAcknowledgeAsync(StaffPlanComments comments)
    {
        await SayAsync(comments, InventedSchool.KeyAdult, 5);
        return await AcknowledgeAsync(comments, InventedSchool.KeyAdult, 5);
    }

    private static Task<Outcome<PlanComment>> SayAsync(StaffPlanComments comments, Caller who, int number) =>
        comments.WriteAsync(who, InventedSchool.Plan(1), Id(number), "Could we try Fridays?", Cancellation);

    private static Task<Outcome<PlanComment>> AcknowledgeAsync(StaffPlanComments comments, Caller who, int number) =>
        comments.AcknowledgeAsync(who, InventedSchool.Plan(1), Id(number), Cancellation);
}

public sealed class StaffPlanCommentsOnSqliteTests() : StaffPlanCommentsContract(TestDatabase.Sqlite);

public sealed class StaffPlanCommentsOnPostgresTests() : StaffPlanCommentsContract(TestDatabase.Postgres);
