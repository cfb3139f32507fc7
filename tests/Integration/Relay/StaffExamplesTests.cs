using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AV1Relay.Domain.Audit;
using Google.Protobuf;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Runs the example calls of relay-server/Api/Staff/README.md in their order, each as it stands there, against a relay.</summary>
public sealed partial class StaffExamplesTests : IAsyncLifetime
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default);

    private readonly Dictionary<string, string> _variables = new()
    {
        ["KEY_ADULT"] = Guid.NewGuid().ToString(),
    };

    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync(inTheMorning: true);
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
        using var robot = await _relay.EnrolAsync();
        _variables["ROBOT"] = robot.Name;
        _variables["TODAY"] = _relay.Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _variables["REVIEW_ON"] = _relay.Time.GetUtcNow().AddDays(21).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _variables["SCHOOL"] = await _relay.AddSchoolAsync();
        _variables["PUPIL"] = await _relay.AddPupilAsync(_variables["SCHOOL"]);
        _variables["ROOM"] = await _relay.OpenSchoolTodayAsync(_variables["SCHOOL"]);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task Every_example_does_what_it_says()
    {
        var replies = await RunAllAsync();

        var plan = JsonDocument.Parse(replies["av1relay.v1.Plans/GetPlan"]).RootElement;
        Assert.Equal(
            ["Meet my key adult at the gate", "Listen to maths with the robot", "Answer by raising the hand"],
            plan.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("situation").GetString()));
        Assert.Equal("3", plan.GetProperty("version").GetString());
        Assert.Equal(
            ["I want to try maths first.", "That is in between."],
            plan.GetProperty("pupilsSays").EnumerateArray().Where(say => say.TryGetProperty("words", out _)).Select(say => say.GetProperty("words").GetString()));
        Assert.Equal("PLAN_STATUS_ACTIVE", plan.GetProperty("status").GetString());
        Assert.Equal(_variables["TO"], Pick(replies["av1relay.v1.Plans/StepUp"], "currentStepId"));
        Assert.Equal("SESSION_LIFE_AGREED", Pick(replies["av1relay.v1.Schedule/ListSessions"], "sessions[0].life"));
        Assert.Contains("is not agreed with the pupil", replies["av1relay.v1.Plans/WhatNeedsMe"], StringComparison.Ordinal);
        Assert.StartsWith("http", Pick(replies["av1relay.v1.Schedule/IssueJoinCode"], "url"), StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(replies["av1relay.v1.Fleet/CreateEnrolmentCodes"]).RootElement.GetProperty("codes").GetArrayLength());
        Assert.Contains("the head does not turn", replies["av1relay.v1.Fleet/ListRobots"], StringComparison.Ordinal);
        Assert.Null((await _relay.Services.GetRequiredService<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry);
    }

    [Fact]
    public async Task Nothing_that_people_wrote_no_id_of_a_pupil_and_no_token_is_in_the_log()
    {
        await RunAllAsync();

        string[] secrets = ["maths", "at home", "at the gate", "in between", _variables["PUPIL"], _variables["TOKEN"], _variables["TOKEN"].Split('.')[2]];
        Assert.NotEmpty(_relay.Log.All);
        Assert.All(_relay.Log.All, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Reflection_lists_every_service_and_describes_every_call()
    {
        var services = (await ReflectAsync(new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name);

        Assert.Superset(new HashSet<string> { "av1relay.v1.Plans", "av1relay.v1.Schedule", "av1relay.v1.Fleet", "grpc.health.v1.Health" }, services.ToHashSet());
        foreach (var rpc in StaffRpcs.All)
        {
            var reply = await ReflectAsync(new ServerReflectionRequest { FileContainingSymbol = rpc.Replace('/', '.') });
            Assert.True(reply.FileDescriptorResponse?.FileDescriptorProto.Count > 0, rpc);
        }
    }

    /// <returns>What each said last.</returns>
    private async Task<Dictionary<string, string>> RunAllAsync()
    {
        var examples = Examples();

        Assert.True(examples.Count > 10, "The examples are not found: have the fences changed?");
        var replies = new Dictionary<string, string>();
        foreach (var example in examples)
        {
            _relay.Time.Advance(TimeSpan.FromSeconds(1)); // as somebody who types them
            _variables["NOW_MS"] = _relay.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var call = example.Groups["method"];
            var output = call.Success ? await CallAsync(call.Value, example.Groups["body"].Value) : await RunAsync(example.Groups["command"].Value);
            replies[call.Success ? call.Value : example.Groups["command"].Value] = output;
            if (example.Groups["variable"] is { Success: true } variable)
                _variables[variable.Value] = example.Groups["path"] is { Success: true } path ? Pick(output, path.Value) : output;
        }

        return replies;
    }

    private static List<Match> Examples() =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Root(), "relay-server/Api/Staff/README.md"))).Select(fence => Example().Match(fence.Groups[1].Value))];

    /// <param name="path">As jq has it, without the first point: <c>steps[1].stepId</c>.</param>
    private static string Pick(string json, string path) => path.Split('.', '[').Aggregate(
        JsonDocument.Parse(json).RootElement,
        (element, part) => part.EndsWith(']') ? element[int.Parse(part[..^1], CultureInfo.InvariantCulture)] : element.GetProperty(part)).GetString()!;

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    private async Task<string> CallAsync(string method, string body)
    {
        if (method == "list") return (await ReflectAsync(new ServerReflectionRequest { ListServices = "" })).ToString();
        if (method == "grpc.health.v1.Health/Check")
        {
            var health = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation);
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
            return health.ToString();
        }

        var rpc = StaffRpcs.Find(method);
        return Json.Format(await StaffRpcs.CallAsync(_channel, rpc, JsonParser.Default.Parse(Fill(body), rpc.InputType), _variables["TOKEN"], Cancellation));
    }

    /// <summary>As it would be typed, but that the test says which data folder.</summary>
    private Task<string> RunAsync(string command) =>
        _relay.RunAsync(Fill(command.Replace(" --data $DIR", "", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);

    private string Fill(string text) => Variable().Replace(text, match => _variables[match.Groups[1].Value]);

    private async Task<ServerReflectionResponse> ReflectAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(request, Cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return call.ResponseStream.Current;
    }

    [GeneratedRegex("^```sh\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    /// <summary>A command of relay-server, or a grpcurl call with its body; either may fill a variable.</summary>
    [GeneratedRegex(
        """^(?:(?<variable>[A-Z_]+)=\$\()?(?:(?<command>relay-server [^)\n]*)|grpcurl .*?\$RELAY (?<method>\S+)(?: <<JSON(?: \| jq -r '?\.(?<path>[\w.\[\]]+)'?)?\n(?<body>.*?)\nJSON)?)\n?\)?$""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex(@"\$([A-Z_]+)")]
    private static partial Regex Variable();
}
