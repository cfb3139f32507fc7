using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Sessions;

public sealed class SessionWindowTests
{
    private static readonly Instant Ten = Instant.FromUtc(2026, 11, 9, 10, 0);

    [Fact]
    public void The_start_is_inside_and_the_end_is_not()
    {
        var window = new SessionWindow(Ten, Ten + Duration.FromHours(1));

        Assert.True(window.Contains(Ten));
        Assert.False(window.Contains(Ten - Duration.FromMilliseconds(1)));
        Assert.False(window.Contains(window.End));
        Assert.True(window.HasEnded(window.End));
    }

    [Fact]
    public void A_window_without_length_can_not_be_made() => Assert.Throws<ArgumentException>(() => new SessionWindow(Ten, Ten));
}
