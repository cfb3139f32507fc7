using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AV1Relay.Protos.V1;
using AV1Relay.RelayServer;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_robot_finds_the_rest_from_the_address_of_the_pages()
    {
        await using var relay = await RunningRelay.StartAsync();

        var found = await relay.Http.GetFromJsonAsync<JsonElement>("/.well-known/av1relay", Cancellation);

        Assert.Equal(relay.Urls.RobotUrl, found.GetProperty("robotUrl").GetString());
        Assert.StartsWith("https://127.0.0.1:", relay.Urls.RobotUrl, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(found.GetProperty("version").GetString()));
        Assert.Contains("udp", found.GetProperty("mediaTransports").EnumerateArray().Select(transport => transport.GetString()));
    }

    [Fact]
    public async Task A_relay_on_every_address_sends_robots_to_the_one_they_came_by()
    {
        await using var relay = await RunningRelay.StartAsync("http://0.0.0.0:0");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/av1relay");
        Assert.Contains("127.0.0.1", relay.Urls.PageUrl, StringComparison.Ordinal);

        using var answer = await relay.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Health_and_metrics_are_there_for_tools()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();

        Assert.Equal("alive\n", await relay.Http.GetStringAsync("/healthz", Cancellation));
        Assert.Equal("ready\n", await relay.Http.GetStringAsync("/readyz", Cancellation));
        Assert.Matches("enrolments[a-z_]*\\{[^}]*outcome=\"enrolled\"[^}]*\\} 1\n", await relay.Http.GetStringAsync("/metrics", Cancellation));
        using var channel = robot.Connect(relay);
        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task The_media_relays_figures_bear_its_name_once()
    {
        await using var relay = await RunningRelay.StartAsync();

        var names = (await relay.Http.GetStringAsync("/metrics", Cancellation)).Split('\n').Select(line => line.Split(' ', '{')[0]).ToHashSet();

        Assert.Contains("av1relay_sfu_packets_in", names);
        Assert.Contains("av1relay_sfu_forwarding_latency", names);
        Assert.DoesNotContain(names, name => name.LastIndexOf("av1relay", StringComparison.Ordinal) > 0);
    }

    [Fact]
    public async Task Tools_can_ask_which_services_there_are()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        using var channel = robot.Connect(relay);
        using var asking = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);

        await asking.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = string.Empty }, Cancellation);

        Assert.True(await asking.ResponseStream.MoveNext(Cancellation));
        var services = asking.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        Assert.Contains("av1relay.v1.SessionControl", services);
        Assert.Contains("av1relay.v1.RobotLink", services);
    }

    [Fact]
    public async Task Asking_for_media_over_tcp_brings_words_on_standard_error()
    {
        await using var relay = await RunningRelay.StartAsync();

        var (_, output, error) = await relay.TryRunAsync("serve", "--urls", "http://127.0.0.1:0", "--media-tcp-port", "4443");
        var (_, _, without) = await relay.TryRunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Contains("--media-tcp-port has no effect", error, StringComparison.Ordinal);
        Assert.DoesNotContain("TCP", output, StringComparison.Ordinal);
        Assert.DoesNotContain("TCP", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_drawn_where_that_is_asked_for()
    {
        await using var relay = await RunningRelay.StartAsync();

        var lines = (await relay.RunAsync("link", "--session", "room-1", "--qr")).Split('\n', 2);

        Assert.StartsWith($"{relay.Urls.PageUrl}/join/", lines[0], StringComparison.Ordinal);
        var rows = lines[1].TrimEnd().Split('\n');
        Assert.InRange(rows.Length, 10, 40);
        Assert.All(rows, row => Assert.Matches("^[█▀▄ ]+\r?$", row));
        Assert.Contains('█', lines[1]);
        Assert.DoesNotContain('█', await relay.RunAsync("link", "--session", "room-1"));
    }

    [Fact]
    public async Task Pages_over_tls_show_a_certificate_of_the_authority_that_can_be_downloaded()
    {
        await using var relay = await RunningRelay.StartAsync("https://127.0.0.1:0");
        using var trusting = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        using var authority = X509CertificateLoader.LoadCertificate(await trusting.GetByteArrayAsync($"{relay.Urls.PageUrl}/ca.crt", Cancellation));

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using var careful = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } });

        Assert.Equal("alive\n", await careful.GetStringAsync($"{relay.Urls.PageUrl}/healthz", Cancellation));
    }

    [Fact]
    public async Task Tablets_come_by_tls_and_this_machine_in_the_clear_at_the_same_time()
    {
        await using var relay = await RunningRelay.StartAsync("https://127.0.0.2:0", "http://127.0.0.1:0");

        var link = await relay.RunAsync("link", "--session", "room-1");

        Assert.StartsWith("https://127.0.0.2:", link, StringComparison.Ordinal);
        Assert.StartsWith("https://127.0.0.2:", relay.Urls.PageUrl, StringComparison.Ordinal);
        var inTheClear = (await relay.AddressesAsync()).PageUrls[1];
        using var local = new HttpClient();
        Assert.Equal("alive\n", await local.GetStringAsync($"{inTheClear}/healthz", Cancellation));
    }

    [Fact]
    public async Task A_second_relay_on_the_same_data_refuses_to_start()
    {
        await using var relay = await RunningRelay.StartAsync();

        var (exitCode, _, error) = await relay.TryRunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, exitCode);
        Assert.Contains("Another relay-server", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_media_port_is_named()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (output, error) = (new StringWriter(), new StringWriter());

        var exitCode = await RelayProgram.RunAsync(
            ["serve", "--data", $"{relay.DataPath}-2", "--urls", "http://127.0.0.1:0", "--shards", "1", "--media-bind", $"{taken.LocalEndPoint}"],
            output, error, TimeProvider.System, Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{taken.LocalEndPoint}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--media-port", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_page_port_is_named()
    {
        await using var relay = await RunningRelay.StartAsync();
        var (output, error) = (new StringWriter(), new StringWriter());

        var exitCode = await RelayProgram.RunAsync(
            ["serve", "--data", $"{relay.DataPath}-2", "--urls", relay.Urls.PageUrl, "--shards", "1", "--media-port", "29876"],
            output, error, TimeProvider.System, Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("--urls", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_reads_what_the_relay_keeps()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(relay.DataPath));
        var files = Directory.GetFiles(relay.DataPath, "*", SearchOption.AllDirectories);
        Assert.Superset(
            new HashSet<string?>(["relay.db", "authority.pem", "domain-key.pem", "token-key.pem"]),
            files.Select(Path.GetFileName).ToHashSet());
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Keys_tokens_and_robots_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("av1relay-restart");
        string token;
        EnrolledRobot robot;
        await using (var first = await RunningRelay.StartAsync(folder: folder))
        {
            token = await first.RunAsync("token", "--session", "room-1", "--role", "observer");
            robot = await first.EnrolAsync();
        }

        await using (var second = await RunningRelay.StartAsync(folder: folder))
        {
            await using var link = await robot.LinkAsync(second);
            using var channel = robot.Connect(second);
            using var watching = new SessionControl.SessionControlClient(channel)
                .Watch(new WatchRequest(), new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: Cancellation);
            Assert.True(await watching.ResponseStream.MoveNext(Cancellation));
        }

        robot.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Stopping_ends_open_streams_in_words_within_three_seconds()
    {
        var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        await using var link = await robot.LinkAsync(relay);
        var end = link.HearToTheEndAsync();
        var begun = TimeProvider.System.GetTimestamp();

        await relay.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        // Internal is what a client makes of a connection that closed before it had read the words.
        Assert.Contains((await end).Status.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }

    [Fact]
    public async Task The_log_holds_no_token_code_or_address()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        var token = await relay.RunAsync("token", "--session", "room-1", "--role", "pupil", "--robot", robot.Name);
        var link = await relay.RunAsync("link", "--session", "room-1");
        await using var linked = await robot.LinkAsync(relay);
        var granting = linked.HearAsync(RelayMessage.WhatOneofCase.Grant);
        await relay.AdvanceUntilAsync(() => granting.IsCompleted, TimeSpan.FromSeconds(1));
        await relay.Http.PostAsync(link, null, Cancellation);

        var ours = relay.Log.All.ToList();
        Assert.Contains(ours, line => line.Contains(robot.Name, StringComparison.Ordinal));
        foreach (var secret in new[] { token, (await granting).Grant.WhipToken, new Uri(link).Segments[^1] })
            Assert.DoesNotContain(ours, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_record_of_all_this_is_a_chain_that_holds()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        await relay.RunAsync("token", "--session", "load", "--role", "pupil", "--count", "3");

        Assert.Matches("holds: [0-9]+ entries", await relay.RunAsync("audit", "verify"));
    }

    [Fact]
    public async Task Counted_tokens_are_for_counted_sessions()
    {
        await using var relay = await RunningRelay.StartAsync();

        var report = JsonDocument.Parse(await relay.RunAsync("token", "--session", "load", "--role", "pupil", "--count", "3", "--json"));

        Assert.Equal(
            ["load-1", "load-2", "load-3"],
            report.RootElement.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("session").GetString()));
    }

    [Theory]
    [InlineData("scheduled", "token", "--role", "pupil", "--session", "6f1c2a94-8d0e-4f63-9b3a-5f0e6f1a2b3c")]
    [InlineData("1 to 64 characters", "token", "--role", "pupil", "--session", "Room 1")]
    [InlineData("none is enrolled", "token", "--role", "robot", "--session", "a", "--robot", "robot-9")]
    [InlineData("leave --count out", "token", "--role", "robot", "--session", "a", "--robot", "robot-9", "--count", "2")]
    [InlineData("robot, pupil or observer", "token", "--role", "teacher", "--session", "a")]
    [InlineData("not a time", "token", "--role", "pupil", "--session", "a", "--ttl", "soon")]
    [InlineData("between 1 and", "enroll-code", "--count", "0")]
    [InlineData("No robot is called", "robot", "remove", "--robot", "robot-9")]
    [InlineData("is not a URL", "serve", "--urls", "somewhere")]
    [InlineData("https://", "serve", "--robot-urls", "http://127.0.0.1:1")]
    [InlineData("--media-address", "serve", "--media-address", "0.0.0.0")]
    public async Task A_command_that_can_not_be_done_says_what_to_do(string words, params string[] arguments)
    {
        await using var relay = await RunningRelay.StartAsync();

        var (exitCode, _, error) = await relay.TryRunAsync(arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_a_relay_at_work_well_but_for_pages_that_are_not_built()
    {
        await using var relay = await RunningRelay.StartAsync();

        var (_, output, _) = await relay.TryRunAsync("doctor", "--json");

        var checks = JsonDocument.Parse(output).RootElement.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("grade").GetString()); // named by the doctor
        Assert.Equal("good", checks["database"]);
        Assert.Equal("good", checks["audit"]);
        Assert.Equal("good", checks["certificates"]);
        Assert.Equal("good", checks["ports"]);
    }
}
