using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Access;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Each role on each call of the staff's services, about a plan, a session and a robot of one school: let in as <see cref="AccessPolicy"/> says, and not beyond.</summary>
public sealed class StaffRpcRolesTests(StaffCast cast) : IClassFixture<StaffCast>
{
    private const string Package = "av1relay.v1.";

    public static TheoryData<string> Everybody => [.. StaffCast.Names];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_role_is_let_in_by_the_calls_that_its_rights_say(string name)
    {
        var who = cast.Find(name).Who;
        var now = cast.Relay.Time.GetUtcNow();
        var token = cast.Relay.Services.GetRequiredService<PersonTokens>().Issue(who, now, now.AddHours(1)).Value;
        var assignments = await cast.AssignmentsOfAsync(who);
        using var channel = EnrolledRobot.ChannelTo(cast.Relay.Urls.RobotUrl, null, trusted: null);
        List<string> expected = [], letIn = [];
        foreach (var (rpc, (on, needs)) in RpcRights.All)
        {
            var subjects = await cast.SubjectsAsync(on, cast.School);
            if (subjects.Any(subject => !AccessPolicy.Check(assignments, needs, subject, cast.Now).IsRefused)) expected.Add(rpc);
            if (await IsLetInAsync(channel, rpc, token)) letIn.Add(rpc);
        }

        Assert.Equal(expected, letIn);
    }

    [Fact]
    public void Every_call_stands_in_the_table() => Assert.Equal(StaffRpcs.All, RpcRights.All.Keys.Select(rpc => Package + rpc));

    private async Task<bool> IsLetInAsync(GrpcChannel channel, string rpc, string token)
    {
        var method = StaffRpcs.Find(Package + rpc);
        var booked = cast.Session.Booked;
        var about = new Dictionary<string, string>
        {
            ["school_id"] = booked.School.ToString(),
            ["plan_id"] = booked.Plan.ToString(),
            ["pupil_id"] = booked.Pupil.ToString(),
            ["step_id"] = booked.Step.ToString(),
            ["session_id"] = cast.Session.Id.ToString(),
            ["room_id"] = booked.Room.ToString(),
            ["carrier_id"] = booked.Carrier.ToString(),
            ["carrier_ids"] = booked.Carrier.ToString(),
            ["robot"] = booked.RobotName,
        };
        try
        {
            await StaffRpcs.CallAsync(channel, method, StaffRpcs.SampleOf(method.InputType, about), token, Cancellation);
            return true;
        }
        catch (RpcException refused)
        {
            // Turned away for another reason than rights: it was looked at.
            Assert.True(
                refused.StatusCode is StatusCode.PermissionDenied or StatusCode.FailedPrecondition or StatusCode.Aborted, $"{rpc}: {refused.Status}");
            return refused.StatusCode is not StatusCode.PermissionDenied;
        }
    }
}
