using AV1Relay.RobotAgent.Safety;
using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.RobotAgent.Safety;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.WebRtc.JitterBuffer;
using Xunit;

namespace AV1Relay.Tests.Unit.Incidents;

public sealed class RobotIncidents
{
    [Fact]
    public void A_camera_SDK_the_audio_back_channels_delay_never_grows()
    {
        // What grew there: a sender whose clock is fast, a radio that holds everything back now and then, a player that pauses.
        var call = new SimulatedCall(seed: 9)
        {
            DriftPpm = 300,
            Delay = (random, now) => 20 + 10 * random.NextDouble() + (now % 20_000 > 19_000 ? 20_000 - now % 20_000 : 0),
            IsPlayerRunning = now => now % 60_000 > 2_000,
        };

        call.Run(TimeSpan.FromMinutes(10));

        for (var minute = 1; minute < 10; minute++) // and the queue in front of the speaker takes no more than 100 ms
            Assert.InRange(call.LatencyPercentile(1, minute * 60_000 + 8_000, minute * 60_000 + 18_000), 20, 220);
    }

    [Fact]
    public void Several_robots_the_last_command_ends_with_the_link_hold_then_rest()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(140));
        Assert.IsType<HeadOutput.MoveTo>(robot.TakeHead());

        robot.LinkDown(); // a whole turn is still to go
        robot.Wait(RobotSafety.HeadLeaseValidFor.TotalSeconds + 0.1);
        var held = new List<HeadOutput>();
        while (robot.TakeHead() is { } output) held.Add(output);
        Assert.Contains(held, output => output is HeadOutput.Hold);
        Assert.DoesNotContain(held, output => output is HeadOutput.MoveTo);

        robot.Wait(60);
        var afterwards = new List<HeadOutput>();
        while (robot.TakeHead() is { } output) afterwards.Add(output);
        Assert.Contains(afterwards, output => output is HeadOutput.Rest);
        Assert.False(robot.Decision.Camera || robot.Decision.Microphone);
    }

    [Fact]
    public void Several_robots_without_commands_the_lease_ends_on_the_robot_though_the_link_is_up()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(140));
        robot.TakeHead();

        robot.WaitLit(RobotSafety.HeadLeaseValidFor.TotalSeconds + 0.1);

        Assert.Equal(new HeadOutput.Hold(HoldReason.LeaseExpired), robot.TakeHead());
    }

    [Fact]
    public void Selkies_connected_is_not_live_before_media_flows()
    {
        using var relay = new VirtualRelay();
        var robot = relay.Connect(PeerRole.Robot, Offers.Robot());
        relay.Connect(PeerRole.Pupil, Offers.Pupil());
        relay.Advance(TimeSpan.FromSeconds(1));
        Assert.False(relay.Room.RobotPublishing); // ICE and DTLS are done, and nothing has come

        relay.Send(robot, robot.Rtp(1, 0, [0x65, 1], "v"));
        relay.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(relay.Room.RobotPublishing);

        relay.Advance(TimeSpan.FromSeconds(6)); // still connected
        Assert.False(relay.Room.RobotPublishing);
    }

    [Fact]
    public void Selkies_a_granted_track_that_is_not_up_is_told_of_by_itself()
    {
        var robot = SafetyFixture.Live(); // may see and hear
        Assert.True(robot.Decision is { Camera: true, Microphone: true });

        robot.Safety.Camera.OnOpening();
        robot.Safety.Microphone.OnOpening();
        robot.Safety.Microphone.OnFailed("no microphone", robot.Now);

        Assert.True(robot.Safety.Camera.IsOpen);
        Assert.False(robot.Safety.Microphone.IsOpen); // what RobotState.MicrophoneLive says
        Assert.Equal("no microphone", robot.Safety.Microphone.Fault);
    }
}
