using System.Globalization;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using PlanId = AV1Relay.Domain.Plans.PlanId;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Each call as each role, about somebody else's plan and session, and about another school's: which of them answer with anything but no.</summary>
public sealed class StaffOthersTests : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync
    private string _school = null!; // set by InitializeAsync
    private string _otherPlan = null!; // set by InitializeAsync
    private Dictionary<string, string> _about = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SchoolId School => new(Guid.Parse(_school));

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync(inTheMorning: true);
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
        using var robot = await _relay.EnrolAsync();
        _school = await _relay.AddSchoolAsync();
        var room = await _relay.OpenSchoolTodayAsync(_school);
        var technician = await _relay.TokenForAsync(Role.Technician, new AccessScope.WholeAuthority()); // whose a robot of no school is
        var station = new StationRobotRequest { Change = new RobotChange { Robot = robot.Name }, SchoolId = _school };
        await CallAsync("av1relay.v1.Fleet/StationRobot", station, technician);

        var sendco = await _relay.RunAsync("assign", "--role", "sendco", "--school", _school);
        var token = await _relay.RunAsync("api-token", "--person", sendco);
        var plan = await DraftAsync(token, sendco, await _relay.AddPupilAsync(_school));
        _otherPlan = (await DraftAsync(token, sendco, await _relay.AddPupilAsync(_school))).PlanId;
        await CallAsync("av1relay.v1.Plans/ActivatePlan", Activate(plan.PlanId), token);
        var session = (Session)await CallAsync("av1relay.v1.Schedule/BookSession", Book(plan, room, robot.Name, sendco), token);
        _about = new()
        {
            ["school_id"] = _school,
            ["plan_id"] = plan.PlanId,
            ["pupil_id"] = plan.PupilId,
            ["step_id"] = plan.CurrentStepId,
            ["session_id"] = session.SessionId,
            ["room_id"] = room,
            ["carrier_id"] = sendco,
            ["carrier_ids"] = sendco,
            ["robot"] = robot.Name,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _relay.DisposeAsync();
    }

    /// <summary>What is left: lists of what is their own, and what a school's staff may know of the whole school.</summary>
    [Theory]
    [InlineData(Role.KeyAdult, "Plans/ListPlans", "Plans/WhatNeedsMe", "Schedule/ListSessions")]
    [InlineData(Role.Parent, "Plans/ListPlans")]
    [InlineData(Role.ExternalProfessional, "Plans/ListPlans")]
    [InlineData(Role.Teacher, "Schedule/PlaceRobot")]
    [InlineData(Role.Administrator)]
    public async Task On_somebody_elses_plan_a_role_may_what_is_named_here(Role role, params string[] named)
    {
        AccessScope scope = role is Role.Teacher or Role.Administrator
            ? new AccessScope.OneSchool(School)
            : new AccessScope.OnePlan(School, new PlanId(Guid.Parse(_otherPlan)));

        Assert.Equal(named, await AnsweredAsync(await _relay.TokenForAsync(role, scope)));
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.EducationalPsychologist)]
    [InlineData(Role.Sendco)]
    [InlineData(Role.KeyAdult)]
    [InlineData(Role.Teacher)]
    [InlineData(Role.Technician)]
    [InlineData(Role.Parent)]
    [InlineData(Role.ExternalProfessional)]
    public async Task At_another_school_a_role_may_nothing(Role role)
    {
        var other = new SchoolId(Guid.Parse(await _relay.AddSchoolAsync()));
        AccessScope scope = Assignment.Fits(role, new AccessScope.OneSchool(other))
            ? new AccessScope.OneSchool(other)
            : new AccessScope.OnePlan(other, new PlanId(Guid.NewGuid()));

        Assert.Empty(await AnsweredAsync(await _relay.TokenForAsync(role, scope)));
    }

    [Fact]
    public async Task A_sendco_drafts_no_plan_at_their_own_school_for_a_pupil_of_another()
    {
        var other = await _relay.AddSchoolAsync();
        var sendco = await _relay.TokenForAsync(Role.Sendco, new AccessScope.OneSchool(new SchoolId(Guid.Parse(other))));
        var request = StaffRpcs.SampleOf(DraftPlanRequest.Descriptor, new Dictionary<string, string>(_about) { ["school_id"] = other });

        var refusal = await Assert.ThrowsAsync<RpcException>(() => CallAsync("av1relay.v1.Plans/DraftPlan", request, sendco));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }

    [Fact]
    public async Task A_key_adult_does_not_learn_who_carries_the_robot_of_somebody_elses_pupil_or_whom_the_session_waits_for()
    {
        var keyAdult = await _relay.TokenForAsync(Role.KeyAdult, new AccessScope.OnePlan(School, new PlanId(Guid.Parse(_otherPlan))));

        var listed = (ListSessionsReply)await CallAsync(
            "av1relay.v1.Schedule/ListSessions", new ListSessionsRequest { SchoolId = _school, From = Day(0), To = Day(0) }, keyAdult);

        var session = Assert.Single(listed.Sessions);
        Assert.Equal(("", "", false, false), (session.PupilId, session.CarrierId, session.WaitsForPupil, session.WaitsForParent));
        Assert.Equal(_about["robot"], session.Robot);
    }

    /// <summary>Those calls that were not simply denied.</summary>
    private async Task<List<string>> AnsweredAsync(string token)
    {
        List<string> answered = [];
        foreach (var rpc in StaffRpcs.All)
        {
            try
            {
                await CallAsync(rpc, StaffRpcs.SampleOf(StaffRpcs.Find(rpc).InputType, _about), token);
                answered.Add(rpc["av1relay.v1.".Length..]);
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.PermissionDenied)
            {
                // as it should be
            }
            catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition or StatusCode.Aborted)
            {
                answered.Add(rpc["av1relay.v1.".Length..]); // it was looked at
            }
        }

        return answered;
    }

    private Task<IMessage> CallAsync(string rpc, IMessage request, string token) =>
        StaffRpcs.CallAsync(_channel, StaffRpcs.Find(rpc), request, token, Cancellation);

    private async Task<Plan> DraftAsync(string token, string sendco, string pupil)
    {
        var step = new Step
        {
            Situation = "Listen to maths",
            ExpectedRating = 3,
            Minutes = 20,
            SessionsPerWeek = 2,
            Robot = new RobotUse { Capabilities = { Capability.Hear } },
        };
        var request = new DraftPlanRequest
        {
            SchoolId = _school,
            PupilId = pupil,
            KeyAdultId = sendco,
            LeadId = sendco,
            Goal = "A lesson in class",
            GoalPlace = "M4",
            Steps = { step },
            Say = new PupilsSay { Words = "Maths first." },
        };
        return (Plan)await CallAsync("av1relay.v1.Plans/DraftPlan", request, token);
    }

    private ActivatePlanRequest Activate(string plan) => new()
    {
        Change = new PlanChangeHead { PlanId = plan, Version = 1, Say = new PupilsSay { ChoseNotToSay = true } },
        NextReviewOn = Day(21),
    };

    private BookSessionRequest Book(Plan plan, string room, string robot, string carrier) => new()
    {
        PlanId = plan.PlanId,
        StepId = plan.CurrentStepId,
        RoomId = room,
        Date = Day(0),
        Start = "10:05",
        Minutes = 20,
        Location = PupilLocation.Home,
        CarrierId = carrier,
        Robot = robot,
    };

    private string Day(int ahead) => _relay.Time.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
