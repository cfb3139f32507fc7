using System.Security.Cryptography;
using AV1Relay.Api.Certificates;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.RobotLinks;

public sealed class GrantKeeperTests : IAsyncLifetime
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 9, 10, 0);
    private readonly FakeTimeProvider _time = new(Start.ToDateTimeOffset());
    private readonly TokenKey _key = TokenKey.Generate();
    private readonly DomainKey _domainKey = DomainKey.Generate();
    private readonly RobotLinkTable _links = new();
    private readonly PlayedRooms _rooms = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().AddSingleton<RelayMetrics>().BuildServiceProvider();
    private readonly CancellationTokenSource _closing = new();
    private TemporaryRelayStorage _storage = null!; // set by InitializeAsync
    private GrantKeeper _keeper = null!; // set by InitializeAsync

    private static AuditEntry Entry(string robot) => new(Start, "code", "robot.enrolled", robot, "");

    public async ValueTask InitializeAsync()
    {
        _storage = await TemporaryRelayStorage.CreateAsync();
        var codes = _storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(new StoredEnrolmentCode("ABCD", "S", Start + Duration.FromHours(1), 0, null), CancellationToken.None);
        await codes.UseAsync("ABCD", Start, Entry, CancellationToken.None);
        await codes.TryAddAsync(new StoredEnrolmentCode("EFGH", "S", Start + Duration.FromHours(1), 0, null), CancellationToken.None);
        await codes.UseAsync("EFGH", Start, Entry, CancellationToken.None);
        _keeper = new GrantKeeper(
            _storage.Get<ISessionBindings>(), new RunningSessions(_storage.Get<IRecords>(), _storage.Get<IGrantNumbers>()), _storage.Get<IRobotRegistry>(), _links, _rooms, new JwtSessionTokens(_key, _time), new SignedGrants(_domainKey),
            _storage.Get<IAuditLog>(), new RelayEndpoints(new RelayUrls("http://relay", "https://relay", false)), new RelayClock(_time),
            _metrics.GetRequiredService<RelayMetrics>(), NullLogger<GrantKeeper>.Instance);
        await _keeper.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.StopAsync(CancellationToken.None);
        _keeper.Dispose();
        _closing.Dispose();
        _key.Dispose();
        _domainKey.Dispose();
        await _metrics.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_change_of_the_room_is_told_to_the_robot_under_its_grant()
    {
        var link = await GrantedAsync();

        _rooms.Raise(new RoomSnapshot("room-1", RobotPublishing: true, PupilPresent: true, ["Ms Reed"], ["VP8"]));

        var message = await NextAsync(link, RelayMessage.WhatOneofCase.Room);
        Assert.Equal(link.Grant?.FencingNumber, message.FencingNumber);
        Assert.True(message.Room.PupilPresent);
        Assert.Equal(["Ms Reed"], message.Room.Observers);
        Assert.Equal(["VP8"], message.Room.PupilVideoCodecs);
    }

    [Fact]
    public async Task A_grant_is_signed_with_the_domains_key_and_says_in_signed_words_what_it_says_beside_them()
    {
        var grant = (await GrantedAsync()).Grant!; // granted

        using var pinned = ECDsa.Create();
        pinned.ImportSubjectPublicKeyInfo(_domainKey.PublicKeyDer, out _);
        Assert.True(GrantSignature.Verify(pinned, grant.Statement.Span, grant.Signature.Span));
        var statement = GrantStatement.Parser.ParseFrom(grant.Statement);
        Assert.Equal((GrantSignature.Purpose, GrantSignature.Version), (statement.Purpose, statement.Version));
        Assert.Equal(("robot-1", "room-1", ""), (statement.RobotName, statement.Session, statement.PupilDevice));
        Assert.Equal(
            (grant.Session, grant.FencingNumber, grant.NotBeforeUnixMs, grant.NotAfterUnixMs, grant.AdHoc),
            (statement.Session, statement.FencingNumber, statement.NotBeforeUnixMs, statement.NotAfterUnixMs, statement.AdHoc));
        Assert.Equal(grant.Capabilities, statement.Capabilities);
        Assert.InRange(statement.IssuedAtUnixMs, statement.NotBeforeUnixMs, statement.NotAfterUnixMs);
    }

    [Fact]
    public async Task Another_sessions_room_is_not_told()
    {
        var link = await GrantedAsync();

        _rooms.Raise(new RoomSnapshot("room-2", false, true, [], []));

        Assert.False(link.Outbox.TryTake(out _));
    }

    [Fact]
    public async Task A_robot_that_comes_to_a_room_hears_who_is_there()
    {
        _rooms.Raise(new RoomSnapshot("room-1", false, PupilPresent: true, [], ["H264"]));
        var link = new RobotConnection("robot-1", new RobotHello { AcceptsAdHocSessions = true }, _closing);
        _links.Add(link);
        await BindAsync();

        await NextAsync(link, RelayMessage.WhatOneofCase.Grant);

        Assert.Equal(["H264"], (await NextAsync(link, RelayMessage.WhatOneofCase.Room)).Room.PupilVideoCodecs);
    }

    [Fact]
    public async Task When_the_window_ends_everybody_is_sent_away_whether_the_robot_is_linked_or_not()
    {
        await BindAsync();
        await UntilAsync(() => _keeper.Find("room-1") is not null);

        _time.Advance(TimeSpan.FromMinutes(30));
        await UntilAsync(() => _rooms.Closed.Contains("room-1"));

        Assert.Null(_keeper.Find("room-1"));
    }

    [Fact]
    public async Task A_removed_robots_session_is_over_for_everybody_in_it()
    {
        await BindAsync();
        await UntilAsync(() => _keeper.Find("room-1") is not null);

        await new OperatorFleet(_storage.Get<IRecords>(), _time, "command line (test)").RemoveAsync("robot-1", TestContext.Current.CancellationToken);
        await UntilAsync(() => _rooms.Closed.Contains("room-1"));

        Assert.Null(_keeper.Find("room-1"));
    }

    [Fact]
    public async Task A_session_that_gets_another_robot_starts_with_an_empty_room()
    {
        await BindAsync();
        await UntilAsync(() => _keeper.Find("room-1") is not null);

        await BindAsync("robot-2");
        await UntilAsync(() => _rooms.Closed.Contains("room-1"));

        Assert.Equal("robot-2", _keeper.Find("room-1")?.RobotName);
    }

    [Fact]
    public async Task Reconciling_again_says_nothing_again()
    {
        var link = await GrantedAsync();

        _keeper.Reconcile();

        Assert.False(link.Outbox.TryTake(out _));
    }

    private Task<SessionBinding> BindAsync(string robotName = "robot-1") => _storage.Get<ISessionBindings>().BindAsync(
        "room-1", robotName, new SessionWindow(Start, Start + Duration.FromMinutes(30)), Start, TestContext.Current.CancellationToken);

    private async Task<RobotConnection> GrantedAsync()
    {
        var link = new RobotConnection("robot-1", new RobotHello { AcceptsAdHocSessions = true }, _closing);
        _links.Add(link);
        await BindAsync();
        await NextAsync(link, RelayMessage.WhatOneofCase.Grant);
        return link;
    }

    private async Task<RelayMessage> NextAsync(RobotConnection link, RelayMessage.WhatOneofCase kind)
    {
        RelayMessage? message = null;
        await UntilAsync(() => link.Outbox.TryTake(out message));
        Assert.Equal(kind, message?.WhatCase);
        return message!; // taken above
    }

    /// <summary>Moves the clock on in the keeper's steps; what they start runs on real threads.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        for (var step = 0; step < 1_000; step++)
        {
            if (isSo())
                return;
            if (step % 10 == 0 && step < 40)
                _time.Advance(GrantKeeper.Period);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not come about.");
    }
}
