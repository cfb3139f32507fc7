using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class KeyFrameRequestsTests
{
    [Fact]
    public void The_first_request_is_answered_by_the_next_frame_and_those_within_200_ms_by_one_more()
    {
        var requests = new KeyFrameRequests();
        Assert.False(requests.Take(At(0)));

        requests.Ask();
        Assert.True(requests.Take(At(33)));
        requests.Ask();
        requests.Ask();
        Assert.False(requests.Take(At(66)));
        Assert.True(requests.Take(At(240)));
        Assert.False(requests.Take(At(500)));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
