using AV1Relay.Application.Plans;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Application.People;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Asking;

/// <summary>Why somebody changed something stands in the audit for good, and what was said in a record: neither grows beyond what anybody reads.</summary>
public abstract class ReasonLimitsContract(TestDatabase database)
{
    private static readonly string TooLong = new('a', TextLimits.LongestWords + 1);
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static AgreedTo ToSession => new AgreedTo.Session(InventedSchool.Session(1));

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_whatever_is_changed()
    {
        await using var office = await PeopleOffice.OpenAsync(database);
        var school = office.School;
        var longest = new string('a', TextLimits.LongestWords);
        var plan = new PlanChangeRequest(InventedSchool.Plan(1), 1, TooLong, InventedSchool.Say);

        Assert.False((await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), longest, Cancellation)).IsRefused);
        Assert.Equal(["text.reason-too-long"], (await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2), TooLong, Cancellation)).Codes());
        Assert.Equal(
            ["text.reason-too-long"],
            (await school.Schedule.CancelAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), 1, TooLong), Cancellation)).Codes());
        Assert.Equal(["text.reason-too-long"], (await school.Plans.ChangeGoalAsync(InventedSchool.Sendco, plan, new InPersonGoal("Choir", "Hall"), Cancellation)).Codes());
        Assert.Equal(["text.reason-too-long"], (await office.Roles.EndAsync(InventedSchool.Sendco, PeopleOffice.ExternalsRole, 1, TooLong, Cancellation)).Codes());
        Assert.Equal(
            ["text.reason-too-long"],
            (await office.Roles.GiveAsync(InventedSchool.Sendco, PeopleOffice.AtPlan(InventedSchool.Teacher.Who, null), TooLong, Cancellation)).Codes());
    }

    [Fact]
    public async Task An_answer_that_is_written_down_is_as_long_as_one_on_a_page()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var seen = new SessionChangeRequest(InventedSchool.Session(1), 1);
        var pupil = InventedSchool.Pupil(1).ToString();
        var yes = new Agreement(pupil, AgreementCapacity.Pupil, ToSession, InventedSchool.Morning, AgreementManner.InPerson, TooLong);
        var no = new SaidNo(pupil, AgreementCapacity.Pupil, InventedSchool.Morning, AgreementManner.InPerson, TooLong);

        Assert.Equal(["session.words-too-long"], (await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, seen, yes, Cancellation)).Codes());
        Assert.Equal(["session.words-too-long"], (await school.Schedule.RecordNoAsync(InventedSchool.KeyAdult, seen, no, Cancellation)).Codes());
    }

    [Fact]
    public async Task Words_with_a_step_up_are_too()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var change = new PlanChangeRequest(InventedSchool.Plan(1), 1, "", null);

        var stepped = await school.Plans.StepUpAsync(InventedSchool.KeyAdult, change, new SaidYes(AgreementManner.InPerson, TooLong), keyAdultAgrees: true, Cancellation);

        Assert.Equal(["text.too-long"], stepped.Codes());
    }
}

public sealed class ReasonLimitsOnSqliteTests() : ReasonLimitsContract(TestDatabase.Sqlite);

public sealed class ReasonLimitsOnPostgresTests() : ReasonLimitsContract(TestDatabase.Postgres);
