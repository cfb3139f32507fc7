using AV1Relay.Api.Staff;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class StaffPlansTests : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync
    private Plans.PlansClient _plans = null!; // set by InitializeAsync
    private string _school = null!; // set by InitializeAsync
    private string _sendco = null!; // set by InitializeAsync: a token
    private string _sendcosId = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
        _plans = new Plans.PlansClient(_channel);
        _school = await _relay.AddSchoolAsync();
        _sendcosId = await _relay.RunAsync("assign", "--role", "sendco", "--school", _school);
        _sendco = await _relay.RunAsync("api-token", "--person", _sendcosId);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_school_without_plans_has_an_empty_list_for_its_own_sendco_alone()
    {
        Assert.Empty(await ListAsync(_sendco));

        var other = await _relay.TokenForAsync("sendco", await _relay.AddSchoolAsync());
        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(() => ListAsync(other))).StatusCode);
    }

    [Fact]
    public async Task A_key_adult_lists_the_plans_that_are_theirs()
    {
        var (own, _) = (await DraftAsync(), await DraftAsync());
        var keyAdult = await _relay.RunAsync("api-token", "--person", await _relay.RunAsync("assign", "--role", "key-adult", "--plan", own.PlanId));

        Assert.Equal(own.PlanId, Assert.Single(await ListAsync(keyAdult)).PlanId);
        Assert.Equal(2, (await ListAsync(_sendco)).Count);
    }

    [Fact]
    public async Task Every_reason_is_told_at_once()
    {
        var plan = await DraftAsync();
        var request = new HoldReviewRequest
        {
            Change = new PlanChangeHead { PlanId = plan.PlanId, Version = 1 },
            HeldOn = "2026-11-09",
            Decision = ReviewDecision.Stay,
        };

        var refusal = await RefusalAsync(async () => await _plans.HoldReviewAsync(request, Bearing(_sendco), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        var reasons = RuleRefusals.Parser.ParseFrom(refusal.Trailers.GetValueBytes(StaffReplies.RefusalsTrailer)).Refusals;
        Assert.Equal(4, reasons.Count); // nobody came, nothing was tried, the pupil was not heard, no next date
        Assert.All(reasons, reason => Assert.NotEqual("", reason.NextStep));
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_one_is_told_that_it_has_changed()
    {
        var plan = await DraftAsync();
        var request = new ChangeGoalRequest
        {
            Change = new PlanChangeHead { PlanId = plan.PlanId, Version = 1, Say = new PupilsSay { ChoseNotToSay = true } },
            Goal = "Art club",
            GoalPlace = "The art room",
        };

        Assert.Equal(2, (await _plans.ChangeGoalAsync(request, Bearing(_sendco), cancellationToken: Cancellation)).Version);
        var refusal = await RefusalAsync(async () => await _plans.ChangeGoalAsync(request, Bearing(_sendco), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Aborted, refusal.StatusCode);
    }

    private static Metadata Bearing(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<RpcException> RefusalAsync(Func<Task> call) => await Assert.ThrowsAsync<RpcException>(call);

    private async Task<IReadOnlyCollection<PlanSummary>> ListAsync(string token) =>
        (await _plans.ListPlansAsync(new ListPlansRequest { SchoolId = _school }, Bearing(token), cancellationToken: Cancellation)).Plans;

    private async Task<Plan> DraftAsync()
    {
        var step = new Step { Situation = "Listen to maths", ExpectedRating = 3, Minutes = 20, SessionsPerWeek = 2, Robot = new RobotUse { Capabilities = { Capability.Hear } } };
        return await _plans.DraftPlanAsync(
            new DraftPlanRequest
            {
                SchoolId = _school,
                PupilId = await _relay.AddPupilAsync(_school),
                KeyAdultId = _sendcosId,
                LeadId = _sendcosId,
                Goal = "A maths lesson in class",
                GoalPlace = "M4",
                Steps = { step },
                Say = new PupilsSay { Words = "Maths first." },
            },
            Bearing(_sendco), cancellationToken: Cancellation);
    }
}
