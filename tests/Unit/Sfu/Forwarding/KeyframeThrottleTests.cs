using AV1Relay.Sfu.Forwarding;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Forwarding;

public sealed class KeyframeThrottleTests
{
    private readonly KeyframeThrottle _throttle = new(TimeSpan.FromMilliseconds(300));

    [Fact]
    public void The_first_request_goes_out_at_once()
    {
        Assert.True(_throttle.Request(Ms(0)));
        Assert.Null(_throttle.NextTimeout);
    }

    [Fact]
    public void Requests_within_the_interval_become_one_at_its_end()
    {
        _throttle.Request(Ms(0));
        Assert.False(_throttle.Request(Ms(10)));
        Assert.False(_throttle.Request(Ms(200)));

        Assert.Equal(Ms(300), _throttle.NextTimeout);
        Assert.False(_throttle.TryTakeDue(Ms(299)));
        Assert.True(_throttle.TryTakeDue(Ms(300)));
        Assert.False(_throttle.TryTakeDue(Ms(301)));
        Assert.False(_throttle.Request(Ms(599))); // the merged one counts as sent
        Assert.True(_throttle.TryTakeDue(Ms(600)));
    }

    [Fact]
    public void A_keyframe_that_came_meanwhile_answers_the_merged_request()
    {
        _throttle.Request(Ms(0));
        _throttle.Request(Ms(10));

        _throttle.OnKeyframe();

        Assert.False(_throttle.TryTakeDue(Ms(300)));
        Assert.False(_throttle.Request(Ms(299)));
        Assert.True(_throttle.TryTakeDue(Ms(300)));
        Assert.True(_throttle.Request(Ms(600)));
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
