using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_with_jitter_between_half_and_all_and_begin_anew_after_a_success()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), new Random(1));
        foreach (var longest in (double[])[200, 400, 800, 1_600, 2_000, 2_000])
        {
            Assert.InRange(backoff.Next().TotalMilliseconds, longest / 2, longest);
        }

        backoff.Reset();
        Assert.InRange(backoff.Next().TotalMilliseconds, 100, 200);
    }
}
