using AV1Relay.Api.SessionControl;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Sessions;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.SessionControl;

public sealed class NewFailuresTests
{
    private static readonly SessionFailure One = new(new ScheduledSessionId(Guid.NewGuid()), new InvalidOperationException());
    private static readonly SessionFailure Other = new(new ScheduledSessionId(Guid.NewGuid()), new InvalidOperationException());
    private readonly NewFailures _failures = new();
    private readonly List<Guid> _logged = [];

    [Fact]
    public void What_fails_at_each_look_is_one_line_and_one_more_when_it_fails_anew()
    {
        Look(One);
        Look(One, Other);
        Look(Other);
        Look(One, Other);

        Assert.Equal([One.Session.Value, Other.Session.Value, One.Session.Value], _logged);
    }

    private void Look(params SessionFailure[] failures) => _failures.Report(failures, (session, _) => _logged.Add(session));
}
