using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.State;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Link;

public sealed class CertificateRenewalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_relay_that_does_not_answer_is_not_waited_for()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("av1relay-renewal");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=robot-1", key, HashAlgorithmName.SHA256);
        using var identity = new RobotIdentity(request.CreateSelfSigned(Now.AddDays(-60), Now.AddDays(30)), request.CreateSelfSigned(Now, Now.AddDays(1)), key);
        using var relay = new SilentRelay();
        using var channel = GrpcChannel.ForAddress("http://relay.test", new GrpcChannelOptions { HttpHandler = relay });
        using var stopping = new CancellationTokenSource();
        var (time, log) = (new FakeTimeProvider(Now), new FirstLine());

        var renewing = CertificateRenewal.RenewWhenDueAsync(channel, identity, StateFolder.Open(folder.FullName), _ => { }, time, log, stopping.Token);
        await relay.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation);
        time.Advance(CertificateRenewal.AnswerDeadline - TimeSpan.FromMilliseconds(1));
        Assert.False(relay.Abandoned.Task.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("did not answer in time", await log.Line.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation), StringComparison.Ordinal);
        Assert.True(relay.Abandoned.Task.IsCompleted);
        Assert.False(renewing.IsCompleted); // it asks again at the next look
        await stopping.CancelAsync();
        await renewing;
        folder.Delete(recursive: true);
    }

    private sealed class SilentRelay : HttpMessageHandler
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Abandoned { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var abandoning = cancellationToken.Register(() =>
            {
                Abandoned.TrySetResult();
                never.TrySetCanceled(cancellationToken);
            });
            Asked.TrySetResult();
            return await never.Task;
        }
    }

    private sealed class FirstLine : ILogger
    {
        public TaskCompletionSource<string> Line { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Line.TrySetResult(formatter(state, exception));
    }
}
