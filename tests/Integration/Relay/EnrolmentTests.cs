using System.Security.Cryptography;
using AV1Relay.Api.Limits;
using AV1Relay.Protos;
using AV1Relay.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class EnrolmentTests : IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _key.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_robot_with_a_code_gets_a_name_and_a_certificate_that_its_link_accepts()
    {
        using var robot = await _relay.EnrolAsync();

        Assert.Equal("robot-1", robot.Name);
        Assert.Equal("CN=robot-1", robot.Certificate.Subject);
        await using var link = await robot.LinkAsync(_relay);
        Assert.Equal("robot-1", link.Hello?.RobotName);
        Assert.Contains("robot-1", await _relay.RunAsync("robot", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await NewCodeAsync();
        await EnrolAsync(EnrolledRobot.RequestFor(_key, code));

        var refusal = await RefusalAsync(EnrolledRobot.RequestFor(_key, code));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains("has been used", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_ends_after_an_hour()
    {
        var code = await NewCodeAsync();
        _relay.Time.Advance(TimeSpan.FromMinutes(60));

        var refusal = await RefusalAsync(EnrolledRobot.RequestFor(_key, code));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains("time is over", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_only_saw_the_codes_id_gets_nothing_and_five_tries_kill_it()
    {
        var code = await NewCodeAsync();
        var guess = code with { Secret = EnrolmentCode.Generate().Secret };
        for (var time = 0; time < SourceGuard.Tries; time++)
            Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(EnrolledRobot.RequestFor(_key, guess))).StatusCode);

        Assert.Equal(StatusCode.ResourceExhausted, (await RefusalAsync(EnrolledRobot.RequestFor(_key, code))).StatusCode);
        _relay.Time.Advance(SourceGuard.FirstPause);
        var refusal = await RefusalAsync(EnrolledRobot.RequestFor(_key, code));
        Assert.Contains("too often", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_side_by_side_are_charged_before_the_code_is_looked_up()
    {
        var code = await NewCodeAsync();
        var guess = EnrolledRobot.RequestFor(_key, code with { Secret = EnrolmentCode.Generate().Secret });

        var refusals = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RefusalAsync(guess.Clone())));

        Assert.Equal(SourceGuard.Tries, refusals.Count(refusal => refusal.StatusCode != StatusCode.ResourceExhausted));
    }

    [Fact]
    public async Task A_right_code_with_a_broken_request_is_no_guess()
    {
        var code = await NewCodeAsync();
        var request = EnrolledRobot.RequestFor(_key, code);
        request.CertificateSigningRequest = ByteString.CopyFromUtf8("not a request");
        request.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForRequest(code, request));

        for (var time = 0; time <= SourceGuard.Tries; time++)
            Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_request_that_was_changed_on_its_way_is_refused()
    {
        var code = await NewCodeAsync();
        using var intruder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = EnrolledRobot.RequestFor(_key, code);
        request.CertificateSigningRequest = EnrolledRobot.RequestFor(intruder, code).CertificateSigningRequest;

        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_malformed_certificate_request_does_not_use_the_code_up()
    {
        var code = await NewCodeAsync();
        var request = EnrolledRobot.RequestFor(_key, code);
        request.CertificateSigningRequest = ByteString.CopyFromUtf8("not a request");
        request.Authenticator = ByteString.CopyFrom(EnrolmentAuthenticator.ForRequest(code, request));

        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(request)).StatusCode);
        Assert.Equal("robot-1", (await EnrolAsync(EnrolledRobot.RequestFor(_key, code))).RobotName);
    }

    [Fact]
    public async Task A_code_that_was_never_made_is_refused()
    {
        Assert.Equal(
            StatusCode.PermissionDenied, (await RefusalAsync(EnrolledRobot.RequestFor(_key, EnrolmentCode.Generate()))).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(new EnrolRequest())).StatusCode);
    }

    [Fact]
    public async Task A_renewed_certificate_is_as_good_as_the_first()
    {
        using var robot = await _relay.EnrolAsync();
        using var renewed = await robot.RenewAsync(_relay);

        Assert.NotEqual(robot.Certificate.SerialNumber, renewed.SerialNumber);
        await using var link = await LinkedRobot.StartAsync(
            EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, renewed, robot.Authority), acceptsAdHoc: true);
        Assert.Equal(robot.Name, link.Hello?.RobotName);
    }

    [Fact]
    public async Task Only_a_robot_renews()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await new Enrolment.EnrolmentClient(_channel).RenewAsync(new RenewRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Fifty_codes_are_fifty_lines()
    {
        var codes = (await _relay.RunAsync("enroll-code", "--count", "50")).Split('\n');

        Assert.Equal(50, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(EnrolmentCode.TryParse(code.Trim(), out _)));
    }

    private async Task<EnrolmentCode> NewCodeAsync()
    {
        Assert.True(EnrolmentCode.TryParse(await _relay.RunAsync("enroll-code"), out var code));
        return code;
    }

    private async Task<EnrolReply> EnrolAsync(EnrolRequest request) => await new Enrolment.EnrolmentClient(_channel).EnrolAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<Status> RefusalAsync(EnrolRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(() => EnrolAsync(request))).Status;
}
