using System.Security.Cryptography;
using AV1Relay.Api.Certificates;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class RobotLinkTests : IAsyncLifetime
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private RunningRelay _relay = null!; // set by InitializeAsync
    private EnrolledRobot _robot = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _robot = await _relay.EnrolAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _robot.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_robot_without_a_certificate_is_told_to_enrol()
    {
        await using var link = LinkedRobot.StartSilently(EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, _robot.Authority));

        var (_, status) = await link.HearToTheEndAsync();

        Assert.Equal(StatusCode.Unauthenticated, status.StatusCode);
        Assert.Contains("enrol", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = EnrolledRobot.RequestFor(key, Protos.EnrolmentCode.Generate()).CertificateSigningRequest;
        using var forged = other.IssueRobot(request.Span, _robot.Name, TimeProvider.System.GetUtcNow(), out _)!;
        using var withKey = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.CopyWithPrivateKey(forged, key);
        await using var link = LinkedRobot.StartSilently(EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, withKey, _robot.Authority));

        var (messages, status) = await link.HearToTheEndAsync();

        Assert.Empty(messages);
        Assert.NotEqual(StatusCode.OK, status.StatusCode);
    }

    [Fact]
    public async Task A_certificate_of_our_authority_that_the_registry_does_not_know_is_refused()
    {
        var authority = _relay.Services.GetRequiredService<CertificateAuthority>();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = EnrolledRobot.RequestFor(key, Protos.EnrolmentCode.Generate()).CertificateSigningRequest;
        using var unknown = authority.IssueRobot(request.Span, _robot.Name, TimeProvider.System.GetUtcNow(), out _)!;
        using var withKey = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.CopyWithPrivateKey(unknown, key);
        await using var link = LinkedRobot.StartSilently(EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, withKey, _robot.Authority));

        var (_, status) = await link.HearToTheEndAsync();

        Assert.Equal(StatusCode.Unauthenticated, status.StatusCode);
        Assert.Contains("doesn't know", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_robot_loses_its_link_at_once_and_gets_no_other()
    {
        await using var link = await _robot.LinkAsync(_relay);
        var end = link.HearToTheEndAsync();

        await _relay.RunAsync("robot", "remove", "--robot", _robot.Name);
        await _relay.AdvanceUntilAsync(() => end.IsCompleted, OneSecond);

        await using var again = LinkedRobot.StartSilently(_robot.Connect(_relay));
        var (_, status) = await again.HearToTheEndAsync();
        Assert.Contains("has been removed", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_introduces_itself_first()
    {
        await using var link = LinkedRobot.StartSilently(_robot.Connect(_relay));
        await link.SayAsync(new RobotMessage { Ping = new Ping() });

        Assert.Equal(StatusCode.InvalidArgument, (await link.HearToTheEndAsync()).Status.StatusCode);
    }

    [Fact]
    public async Task A_message_over_64_kilobytes_ends_the_link()
    {
        await using var link = await _robot.LinkAsync(_relay);
        var end = link.HearToTheEndAsync();

        try
        {
            await link.SayAsync(new RobotMessage { State = new RobotState { Faults = { new string('x', 70_000) } } });
        }
        catch (Exception cutOff) when (cutOff is RpcException or InvalidOperationException)
        {
            // The relay may hang up before it has read to the end.
        }

        Assert.NotEqual(StatusCode.OK, (await end).Status.StatusCode);
        Assert.Null(_relay.Services.GetRequiredService<RobotLinkTable>().Find(_robot.Name));
    }

    [Fact]
    public async Task A_ping_is_answered_with_both_clocks()
    {
        await using var link = await _robot.LinkAsync(_relay);
        _relay.Time.Advance(TimeSpan.FromMilliseconds(1_234));
        await link.SayAsync(new RobotMessage { Ping = new Ping { RobotNowMs = 77 } });

        var pong = (await link.HearAsync(RelayMessage.WhatOneofCase.Pong)).Pong;

        Assert.Equal(77, pong.RobotNowMs);
        Assert.Equal(link.Hello?.RelayNowMs + 1_234, pong.RelayNowMs);
        Assert.Equal(_relay.Time.GetUtcNow().ToUnixTimeMilliseconds(), link.Hello?.RelayUnixMs + 1_234);
    }

    [Fact]
    public async Task A_newer_link_of_the_same_robot_takes_over()
    {
        await using var first = await _robot.LinkAsync(_relay);
        await using var second = await _robot.LinkAsync(_relay);

        var (_, status) = await first.HearToTheEndAsync();

        Assert.Equal(StatusCode.Aborted, status.StatusCode);
        await second.SayAndSettleAsync(new RobotMessage { State = new RobotState() });
    }

    [Fact]
    public async Task A_robot_that_falls_silent_is_let_go()
    {
        await using var link = await _robot.LinkAsync(_relay);
        var end = link.HearToTheEndAsync();

        await _relay.AdvanceUntilAsync(() => end.IsCompleted, RobotLinkService.SilenceDeadline + OneSecond);

        Assert.Null(_relay.Services.GetRequiredService<RobotLinkTable>().Find(_robot.Name));
    }

    [Fact]
    public async Task A_robot_that_is_bound_while_linked_has_its_grant_within_a_second()
    {
        await using var link = await _robot.LinkAsync(_relay);
        var heard = link.HearAsync(RelayMessage.WhatOneofCase.Grant);

        await BindAsync("room-1");
        await _relay.AdvanceUntilAsync(() => heard.IsCompleted, OneSecond);

        var message = await heard;
        var grant = message.Grant;
        Assert.Equal("room-1", grant.Session);
        Assert.Equal(message.FencingNumber, grant.FencingNumber);
        Assert.Equal(9, grant.Capabilities.Count);
        Assert.True(grant.AdHoc);
        Assert.Equal($"{_relay.Urls.PageUrl}/whip/room-1", grant.WhipUrl);
        Assert.Equal(TimeSpan.FromMinutes(30).TotalMilliseconds, grant.NotAfterUnixMs - grant.NotBeforeUnixMs);

        using var domainKey = ECDsa.Create();
        domainKey.ImportSubjectPublicKeyInfo(_robot.DomainPublicKey, out _);
        Assert.True(GrantSignature.Verify(domainKey, grant.Statement.Span, grant.Signature.Span));
        Assert.Equal(_robot.Name, GrantStatement.Parser.ParseFrom(grant.Statement).RobotName);

        var token = (await _relay.Services.GetRequiredService<IBearerTokens>()
            .ValidateAsync($"Bearer {grant.WhipToken}", TestContext.Current.CancellationToken)).Token;
        Assert.Equal(SessionRole.Robot, token?.Role);
        Assert.Equal(_robot.Name, token?.RobotName);
    }

    [Fact]
    public async Task A_robot_that_says_too_much_is_heard_in_part_and_told_of_seldom()
    {
        await using var link = await _robot.LinkAsync(_relay);
        for (var i = 0; i < LinkLimits.MessagesAtOnce + 50; i++)
            await link.SayAsync(new RobotMessage { Refusal = new Refusal { CommandSequence = 7, Session = "room-1", Reason = "no" } });
        var dropped = string.Empty;
        for (var patience = 0; patience < 200 && !dropped.EndsWith(" 50", StringComparison.Ordinal); patience++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            dropped = (await _relay.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken))
                .Split('\n').FirstOrDefault(line => line.StartsWith("av1relay_relay_robot_messages_dropped", StringComparison.Ordinal)) ?? string.Empty;
        }

        Assert.EndsWith(" 50", dropped, StringComparison.Ordinal);
        Assert.Equal(LinkLimits.WarningsPerMinute, _relay.Log.All.Count(line => line.Contains(" Warning: ", StringComparison.Ordinal)));
        _relay.Time.Advance(OneSecond);
        await link.SayAndSettleAsync(new RobotMessage { State = new RobotState { HandRaised = true } });
        Assert.True(_relay.Services.GetRequiredService<RobotLinkTable>().Find(_robot.Name)?.State?.HandRaised);
    }

    [Fact]
    public async Task A_grant_that_is_refused_over_and_over_is_recorded_once()
    {
        await BindAsync("room-1");
        for (var time = 0; time < 2; time++)
        {
            await using var link = await _robot.LinkAsync(_relay);
            var granting = link.HearAsync(RelayMessage.WhatOneofCase.Grant);
            await _relay.AdvanceUntilAsync(() => granting.IsCompleted, OneSecond);
            var refusal = new RobotMessage { Refusal = new Refusal { Session = (await granting).Grant.Session, Reason = "The lights are broken." } };
            for (var i = 0; i < 5; i++)
                await link.SayAndSettleAsync(refusal);
        }

        await using var database = new SqliteConnection($"Data Source={Path.Combine(_relay.DataPath, "relay.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = database.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Audit WHERE What = 'grant.refused'";
        Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_robot_that_links_later_has_its_grant_at_once()
    {
        await BindAsync("room-1");
        await _relay.AdvanceUntilAsync(() => _relay.Services.GetRequiredService<GrantKeeper>().Find("room-1") is not null, OneSecond);

        await using var link = await _robot.LinkAsync(_relay);

        Assert.Equal("room-1", (await link.HearAsync(RelayMessage.WhatOneofCase.Grant)).Grant.Session);
    }

    [Fact]
    public async Task A_robot_that_takes_no_ad_hoc_sessions_gets_none_and_the_record_says_so()
    {
        await BindAsync("room-1");
        await _relay.AdvanceUntilAsync(() => _relay.Services.GetRequiredService<GrantKeeper>().Find("room-1") is not null, OneSecond);

        await using var link = await _robot.LinkAsync(_relay, acceptsAdHoc: false);
        await link.SayAndSettleAsync(new RobotMessage { State = new RobotState() });

        Assert.Null(_relay.Services.GetRequiredService<RobotLinkTable>().Find(_robot.Name)?.Grant);
        Assert.Contains(_relay.Log.All, line => line.Contains("--allow-adhoc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grant_ends_with_its_window()
    {
        await BindAsync("room-1", ttl: "6s"); // less than a robot may be silent
        await using var link = await _robot.LinkAsync(_relay);
        var granting = link.HearAsync(RelayMessage.WhatOneofCase.Grant);
        await _relay.AdvanceUntilAsync(() => granting.IsCompleted, OneSecond);

        var heard = link.HearAsync(RelayMessage.WhatOneofCase.GrantWithdrawn);
        await _relay.AdvanceUntilAsync(() => heard.IsCompleted, TimeSpan.FromSeconds(7));

        var message = await heard;
        Assert.Equal("room-1", message.GrantWithdrawn.Session);
        Assert.Equal((await granting).FencingNumber, message.FencingNumber);
        Assert.Contains("over", message.GrantWithdrawn.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_binding_withdraws_the_first_and_fences_it_off()
    {
        await BindAsync("room-1");
        await using var link = await _robot.LinkAsync(_relay);
        var first = link.HearAsync(RelayMessage.WhatOneofCase.Grant);
        await _relay.AdvanceUntilAsync(() => first.IsCompleted, OneSecond);

        await BindAsync("room-2");
        var heard = HearChangeAsync(link);
        await _relay.AdvanceUntilAsync(() => heard.IsCompleted, OneSecond);

        var (withdrawn, grant) = await heard;
        Assert.Equal("room-1", withdrawn.Session);
        Assert.Equal("room-2", grant.Session);
        Assert.True(grant.FencingNumber > (await first).Grant.FencingNumber);
    }

    private static async Task<(GrantWithdrawn Withdrawn, Grant Grant)> HearChangeAsync(LinkedRobot link) => (
        (await link.HearAsync(RelayMessage.WhatOneofCase.GrantWithdrawn)).GrantWithdrawn,
        (await link.HearAsync(RelayMessage.WhatOneofCase.Grant)).Grant);

    private Task<string> BindAsync(string session, string ttl = "30m") =>
        _relay.RunAsync("token", "--session", session, "--role", "robot", "--robot", _robot.Name, "--ttl", ttl);
}
