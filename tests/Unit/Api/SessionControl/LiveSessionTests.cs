using AV1Relay.Api.Clock;
using AV1Relay.Api.SessionControl;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.SessionControl;

public sealed class LiveSessionTests
{
    private readonly LiveSession _session = new(new RelayClock(new FakeTimeProvider()));

    [Fact]
    public void However_many_observe_the_pupil_finds_room_to_watch()
    {
        var observing = Enumerable.Range(0, 20).Count(i => _session.Watch($"observer:{i}", isObserver: true) is not null);

        Assert.Equal(LiveSession.MaxObservers, observing);
        Assert.NotNull(_session.Watch("device:tablet", isObserver: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_identity_watches_three_times_at_once_and_again_when_one_of_them_has_ended(bool isObserver)
    {
        var watchers = Enumerable.Range(0, 4).Select(_ => _session.Watch("one", isObserver)).ToList();

        Assert.Null(watchers[3]);
        Assert.Equal(3, watchers.OfType<SessionWatcher>().Count());
        Assert.NotNull(_session.Watch("two", isObserver));
        _session.Unwatch(watchers.OfType<SessionWatcher>().First());
        Assert.NotNull(_session.Watch("one", isObserver));
    }
}
