using AV1Relay.Api.Certificates;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.SessionControl;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using AV1Relay.Tests.Unit.Application.Running;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;
using Capability = AV1Relay.Domain.Sessions.Capability;
using ProtoCapability = AV1Relay.Protos.V1.Capability;
using SessionState = AV1Relay.Domain.Booking.SessionState;

namespace AV1Relay.Tests.Unit.Api.RobotLinks;

/// <summary>A session on the calendar, from 10:05 to 10:35, and a robot that takes no others.</summary>
public sealed class ScheduledGrantsTests : IAsyncLifetime
{
    private static readonly string Session = Id(1).ToString();
    private readonly FakeTimeProvider _time = new(At(10, 7).ToDateTimeOffset());
    private readonly TokenKey _key = TokenKey.Generate();
    private readonly DomainKey _domainKey = DomainKey.Generate();
    private readonly RobotLinkTable _links = new();
    private readonly PlayedRooms _rooms = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().AddSingleton<RelayMetrics>().BuildServiceProvider();
    private readonly CancellationTokenSource _closing = new();
    private Stage _stage = null!; // set by InitializeAsync
    private GrantKeeper _keeper = null!; // set by InitializeAsync
    private SessionDoor _door = null!; // set by InitializeAsync
    private RobotConnection _link = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync(TestDatabase.Sqlite, SessionState.Live);
        var storage = _stage.Storage;
        await storage.ExecuteAsync("INSERT INTO \"Robots\" (\"Number\", \"Name\", \"EnrolledAt\") VALUES (1, 'robot-a', 0)");
        var clock = new RelayClock(_time);
        _keeper = new GrantKeeper(
            storage.Get<ISessionBindings>(), _stage.Running, storage.Get<IRobotRegistry>(), _links, _rooms, new JwtSessionTokens(_key, _time),
            new SignedGrants(_domainKey), storage.Get<IAuditLog>(), new RelayEndpoints(new RelayUrls("http://relay", "https://relay", false)), clock,
            _metrics.GetRequiredService<RelayMetrics>(), NullLogger<GrantKeeper>.Instance);
        _door = new SessionDoor(_keeper, clock);
        _link = new RobotConnection("robot-a", new RobotHello { AcceptsAdHocSessions = false }, _closing);
        _links.Add(_link);
        await _keeper.LookNowAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.Dispose();
        _closing.Dispose();
        _key.Dispose();
        _domainKey.Dispose();
        await _metrics.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Fact]
    public void A_robot_that_takes_no_ad_hoc_sessions_is_granted_what_the_step_allows_and_no_more()
    {
        var grant = GrantStatement.Parser.ParseFrom(Next(RelayMessage.WhatOneofCase.Grant).Grant.Statement);

        Assert.Equal((Session, "robot-a", Stage.Tablet, false), (grant.Session, grant.RobotName, grant.PupilDevice, grant.AdHoc));
        Assert.Equal([ProtoCapability.See, ProtoCapability.Hear], grant.Capabilities);
        Assert.Equal((Start, End), (Instant.FromUnixTimeMilliseconds(grant.NotBeforeUnixMs), Instant.FromUnixTimeMilliseconds(grant.NotAfterUnixMs)));
    }

    [Fact]
    public void The_room_lets_no_more_through_than_the_step_allows() => Assert.Equal([SeeAndHear], _rooms.Limits);

    [Fact]
    public async Task A_step_that_is_narrowed_narrows_room_and_robot_and_the_session_goes_on()
    {
        var wide = Next(RelayMessage.WhatOneofCase.Grant).Grant;

        await _stage.ChangeStepAsync(Capability.See);
        await _keeper.LookNowAsync(Cancellation);

        var narrow = Next(RelayMessage.WhatOneofCase.Grant).Grant; // and no withdrawal before it
        Assert.Equal([ProtoCapability.See], narrow.Capabilities);
        Assert.True(narrow.FencingNumber > wide.FencingNumber);
        Assert.Equal(new CapabilitySet(Capability.See), _rooms.Limits[^1]);
        Assert.Empty(_rooms.Closed);
    }

    [Fact]
    public async Task A_grant_that_is_refused_is_withdrawn_in_the_refusals_words_and_its_room_closed()
    {
        Next(RelayMessage.WhatOneofCase.Grant);

        await _stage.ChangeDeviceAsync(device => device.Unbind(By(At(10, 8))));
        await _keeper.LookNowAsync(Cancellation);

        Assert.StartsWith("This device does not belong", Next(RelayMessage.WhatOneofCase.GrantWithdrawn).GrantWithdrawn.Reason, StringComparison.Ordinal);
        Assert.Equal([Session], _rooms.Closed);
        Assert.Equal(["grant.other-device"], _door.Admit(Pupils()).Codes());
    }

    [Fact]
    public async Task When_the_window_is_over_robot_and_room_hear_it_without_anybody_writing()
    {
        Next(RelayMessage.WhatOneofCase.Grant);

        _time.Advance((End - At(10, 7)).ToTimeSpan());
        await _keeper.LookNowAsync(Cancellation);

        Assert.StartsWith("The time of this session is over", Next(RelayMessage.WhatOneofCase.GrantWithdrawn).GrantWithdrawn.Reason, StringComparison.Ordinal);
        Assert.Equal([Session], _rooms.Closed);
    }

    [Fact]
    public async Task A_pupil_who_goes_on_with_another_device_is_sent_away_from_the_first()
    {
        await _stage.JoinAsync("tablet-2", At(10, 8));
        await _keeper.LookNowAsync(Cancellation);

        Assert.Equal(["device:tablet-1"], _rooms.SentAway);
        Assert.Equal(["session.other-device"], _door.Admit(Pupils()).Codes());
    }

    [Fact]
    public async Task What_a_token_once_said_is_no_more_than_what_stands()
    {
        await _stage.ChangeStepAsync(Capability.See);
        await _keeper.LookNowAsync(Cancellation);

        Assert.Equal(new CapabilitySet(Capability.See), _door.Admit(Pupils()).Value.Capabilities);
    }

    [Fact]
    public void Another_enrolled_robot_stays_outside() => Assert.Equal(
        ["session.other-robot"], _door.Admit(Pupils() with { Role = SessionRole.Robot, Identity = "robot:robot-b", RobotName = "robot-b" }).Codes());

    [Fact]
    public void A_token_that_calls_a_session_on_the_calendar_ad_hoc_opens_nothing_more() => Assert.Equal(
        ["session.other-device"], _door.Admit(Pupils() with { IsAdHoc = true, Identity = "token:x", Capabilities = CapabilitySet.Everything }).Codes());

    private static SessionToken Pupils() => new(
        Session, SessionRole.Pupil, "device:tablet-1", null, SeeAndHear, Start.ToDateTimeOffset(), End.ToDateTimeOffset(), IsAdHoc: false, RobotName: null);

    private RelayMessage Next(RelayMessage.WhatOneofCase kind)
    {
        Assert.True(_link.Outbox.TryTake(out var message));
        Assert.Equal(kind, message.WhatCase);
        return message;
    }
}
