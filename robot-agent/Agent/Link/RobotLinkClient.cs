using System.Threading.Channels;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.State;
using Grpc.Core;
using Grpc.Net.Client;

namespace AV1Relay.RobotAgent.Link;

/// <summary>How the link stands, for people.</summary>
internal enum LinkStatus
{
    Connecting,
    Connected,
    Down,
}

/// <summary>Keeps the one stream to the relay, over mutual TLS, for as long as the robot runs.</summary>
/// <param name="relay">Its pages' address; where robots connect is asked there.</param>
/// <param name="state">Holds the identity; a renewed certificate is taken from there at the next connection.</param>
/// <param name="makeHello">What the robot says of itself.</param>
/// <param name="outbox">What else it says.</param>
/// <param name="robot">Who hears what the relay says.</param>
/// <param name="clock">The robot's monotonic time since start-up.</param>
/// <param name="knownTime">The latest time known to have passed.</param>
/// <param name="time">For waiting.</param>
/// <param name="random">For jitter.</param>
/// <param name="logger">One line a change.</param>
internal sealed class RobotLinkClient(
    Uri relay, StateFolder state, Func<RobotHello> makeHello, LinkOutbox outbox, ILinkEvents robot, Func<TimeSpan> clock,
    DateTimeOffset knownTime, TimeProvider time, Random random, ILogger<RobotLinkClient> logger)
{
    /// <summary>A relay answers pings every 2 s; one that says nothing for so long is out of reach.</summary>
    public static readonly TimeSpan SilenceDeadline = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DiscoveryDeadline = TimeSpan.FromSeconds(3);
    private readonly ReconnectBackoff _backoff = new(random);

    // Holds one wake-up: more would say the same.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Uri? _robotUrl;
    private string? _lastProblem;

    public LinkStatus Status { get; private set; } = LinkStatus.Connecting;

    /// <summary>Why there is no link, in words; null while there is one.</summary>
    public string? Problem { get; private set; }

    /// <summary>Something is due in the outbox. Thread-safe.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Until cancelled. Never throws for anything that the network or the relay does.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var problem = await ConnectOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested) return;
            Status = LinkStatus.Down;
            Problem = problem;
            if (problem != _lastProblem) LinkLog.Down(logger, problem);
            _lastProblem = problem;
            try
            {
                await Task.Delay(_backoff.OnFailed(clock()), time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <returns>Why it ended, in words.</returns>
    private async Task<string> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        var isUp = false;
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var identity = state.LoadIdentity(); // again each time: it may have been renewed
            var robotUrl = _robotUrl ??= await DiscoverAsync(identity, cancellationToken);
            using var channel = GrpcChannel.ForAddress(
                robotUrl, new() { HttpHandler = RelayTrust.Link(identity, knownTime, time), DisposeHttpClient = true });
            using var call = new Protos.V1.RobotLink.RobotLinkClient(channel).Connect(cancellationToken: closing.Token);
            await using var silence = time.CreateTimer(_ => Cancel(closing), null, HelloDeadline, Timeout.InfiniteTimeSpan);

            await call.RequestStream.WriteAsync(new() { Hello = makeHello() }, closing.Token);
            if (!await call.ResponseStream.MoveNext(closing.Token) || call.ResponseStream.Current.WhatCase != RelayMessage.WhatOneofCase.Hello)
                return "The relay does not greet as it should: it may be of another version.";
            silence.Change(SilenceDeadline, Timeout.InfiniteTimeSpan);
            isUp = true;
            _backoff.OnConnected();
            (Status, Problem, _lastProblem) = (LinkStatus.Connected, null, null);
            LinkLog.Up(logger, call.ResponseStream.Current.Hello.RobotName);
            outbox.Start(clock());
            robot.OnLinkUp(call.ResponseStream.Current.Hello);

            var writing = WriteAsync(call.RequestStream, closing);
            var renewing = CertificateRenewal.RenewWhenDueAsync(channel, identity, state, robot.OnCertificateRenewed, time, logger, closing.Token);
            try
            {
                while (await call.ResponseStream.MoveNext(closing.Token))
                {
                    silence.Change(SilenceDeadline, Timeout.InfiniteTimeSpan);
                    robot.OnMessage(call.ResponseStream.Current);
                }
            }
            finally
            {
                robot.OnLinkDown(); // before anything that takes time
                isUp = false;
                await closing.CancelAsync();
                await Task.WhenAll(writing, renewing);
            }

            return "The relay has closed the link.";
        }
        catch (RpcException problem) when (problem.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return problem.Status.Detail is { Length: > 0 } words ? words : "The relay does not know this robot: enrol it again.";
        }
        catch (Exception problem) when (problem is RpcException or OperationCanceledException or IOException or InvalidOperationException)
        {
            if (!isUp && Status != LinkStatus.Connected) _robotUrl = null; // perhaps it has moved: ask again
            return "The relay can't be reached. The robot goes on trying.";
        }
        catch (Exception problem) when (problem is RelayUnreachableException or StateException)
        {
            return problem.Message;
        }
    }

    private async Task<Uri> DiscoverAsync(RobotIdentity identity, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(RelayTrust.Web(identity.Authority, knownTime, time)) { Timeout = DiscoveryDeadline };
        return (await RelayDiscovery.AskAsync(http, relay, cancellationToken)).RobotUrl;
    }

    private async Task WriteAsync(IClientStreamWriter<RobotMessage> relay, CancellationTokenSource closing)
    {
        try
        {
            while (true)
            {
                while (outbox.TryTake(clock(), out var message)) await relay.WriteAsync(message, closing.Token);
                var wait = outbox.NextDue() - clock();
                if (wait <= TimeSpan.Zero) continue;
                using var due = new CancellationTokenSource(wait, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, closing.Token);
                try
                {
                    await _wake.Reader.ReadAsync(either.Token);
                }
                catch (OperationCanceledException) when (!closing.IsCancellationRequested)
                {
                    // Due.
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or RpcException or InvalidOperationException or IOException)
        {
            Cancel(closing); // a stream that can't be written to is not worth reading
        }
    }

    private static void Cancel(CancellationTokenSource closing)
    {
        try
        {
            closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Closed already.
        }
    }
}

internal static partial class LinkLog
{
    [LoggerMessage(4001, LogLevel.Information, "Link to the relay is up as {Robot}")]
    public static partial void Up(ILogger logger, string robot);

    [LoggerMessage(4002, LogLevel.Warning, "Link to the relay is down: {Problem}")]
    public static partial void Down(ILogger logger, string problem);

    [LoggerMessage(4003, LogLevel.Information, "The certificate was renewed; it is good until {NotAfter:yyyy-MM-dd}")]
    public static partial void Renewed(ILogger logger, DateTime notAfter);

    [LoggerMessage(4004, LogLevel.Warning, "The certificate, good until {NotAfter:yyyy-MM-dd}, could not be renewed: {Problem}")]
    public static partial void NotRenewed(ILogger logger, DateTime notAfter, string problem);
}
