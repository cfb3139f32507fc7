using AV1Relay.Api.Clock;
using AV1Relay.Api.Enrolment;
using AV1Relay.Api.Metrics;
using AV1Relay.Domain.Audit;
using AV1Relay.Protos.V1;
using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.RobotLinks;

/// <summary>The one stream of each robot: commands and grants down, state and telemetry up.</summary>
internal sealed class RobotLinkService(
    RobotCertificates certificates,
    RobotLinkTable links,
    GrantKeeper grants,
    IAuditLog audit,
    RelayClock clock,
    RelayMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<RobotLinkService> logger) : Protos.V1.RobotLink.RobotLinkBase
{
    /// <summary>A robot introduces itself within this time.</summary>
    internal static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(5);

    /// <summary>A robot pings every 2 s; one that says nothing for so long is gone.</summary>
    internal static readonly TimeSpan SilenceDeadline = TimeSpan.FromSeconds(8);

    private const int MaxTexts = 32;
    private const int MaxPlaces = 16; // a robot of a later version may know of more than three
    private const int MaxTextLength = 500;

    public override async Task Connect(
        IAsyncStreamReader<RobotMessage> requestStream, IServerStreamWriter<RelayMessage> responseStream, ServerCallContext context)
    {
        var robot = await certificates.AuthenticateAsync(context);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var hello = await ReadHelloAsync(requestStream, closing.Token);
        var link = new RobotConnection(robot.Name, hello, closing);
        link.Outbox.Post(new RelayMessage
        {
            Hello = new RelayHello
            {
                RobotName = robot.Name,
                RelayNowMs = clock.NowMs,
                RelayUnixMs = clock.WallOffset.ToUnixTimeMilliseconds(),
            },
        });

        links.Add(link);
        metrics.RobotLinked(+1);
        RobotLinkLog.Up(logger, robot.Name, hello.AgentVersion, hello.Simulated);
        grants.Reconcile();
        var sending = SendAsync(link, responseStream, closing.Token);
        try
        {
            await ReceiveAsync(link, requestStream, closing.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The robot went away, was replaced, or the relay stops: told below.
        }
        finally
        {
            links.Remove(link);
            await closing.CancelAsync();
            await sending;
            metrics.RobotLinked(-1);
            RobotLinkLog.Down(logger, robot.Name);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw new RpcException(new Status(StatusCode.Unavailable, "The relay stops: come back in a moment."));
        if (!ReferenceEquals(links.Find(robot.Name) ?? link, link))
            throw new RpcException(new Status(StatusCode.Aborted, "A newer link of the same robot has taken over."));
    }

    private async Task<RobotHello> ReadHelloAsync(IAsyncStreamReader<RobotMessage> robot, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(HelloDeadline, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (await robot.MoveNext(either.Token) && robot.Current.WhatCase is RobotMessage.WhatOneofCase.Hello
                && AreShort(robot.Current.Hello.VideoCodecs) && AreShort(robot.Current.Hello.Faults)
                && robot.Current.Hello.AgentVersion.Length <= MaxTextLength)
            {
                return robot.Current.Hello;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "A robot introduces itself at once."));
        }

        throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message of a robot is a well-formed RobotHello."));
    }

    private static async Task SendAsync(
        RobotConnection link, IServerStreamWriter<RelayMessage> robot, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // One is written, and thereby taken by the transport, before the next is chosen: newest wins until then.
                while (link.Outbox.TryTake(out var message))
                    await robot.WriteAsync(message, cancellationToken);
                await link.Outbox.WaitAsync(cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or InvalidOperationException or IOException)
        {
            link.Close(); // a stream that can't be written to is not worth reading
        }
    }

    private async Task ReceiveAsync(
        RobotConnection link, IAsyncStreamReader<RobotMessage> robot, CancellationToken cancellationToken)
    {
        await using var silence = clock.Time.CreateTimer(
            _ => link.Close(), null, SilenceDeadline, Timeout.InfiniteTimeSpan);
        var limits = new LinkLimits();
        while (await robot.MoveNext(cancellationToken))
        {
            silence.Change(SilenceDeadline, Timeout.InfiniteTimeSpan);
            if (!limits.MayBeHeard(clock.Now))
            {
                metrics.RobotMessageDropped();
                if (limits.MayWarn(clock.Now))
                    RobotLinkLog.TooMuch(logger, link.RobotName, LinkLimits.MessagesPerSecond);
                continue;
            }

            switch (robot.Current.WhatCase)
            {
                case RobotMessage.WhatOneofCase.Ping:
                    link.Outbox.Post(new RelayMessage
                    {
                        Pong = new Pong { RobotNowMs = robot.Current.Ping.RobotNowMs, RelayNowMs = clock.NowMs },
                    });
                    break;
                case RobotMessage.WhatOneofCase.State when AreShort(robot.Current.State.Faults) && robot.Current.State.Places.Count <= MaxPlaces:
                    link.State = robot.Current.State;
                    links.OnState(link);
                    break;
                case RobotMessage.WhatOneofCase.Telemetry:
                    link.Telemetry = robot.Current.Telemetry;
                    break;
                case RobotMessage.WhatOneofCase.Refusal:
                    await RecordAsync(link, robot.Current.Refusal, limits, cancellationToken);
                    break;
                default:
                    RobotLinkLog.Unexpected(logger, link.RobotName, robot.Current.WhatCase);
                    break;
            }
        }
    }

    private async Task RecordAsync(RobotConnection link, Refusal refusal, LinkLimits limits, CancellationToken cancellationToken)
    {
        var reason = Shorten(refusal.Reason);
        if (limits.MayWarn(clock.Now))
            RobotLinkLog.Refused(logger, link.RobotName, Shorten(refusal.Session), refusal.CommandSequence, reason);
        // Refused commands are many and small; a refused grant is an event, once: the record can't be shortened afterwards.
        if (refusal.CommandSequence == 0 && link.Grant is { } grant && links.IsFirstRefusal(link.RobotName, grant.FencingNumber))
        {
            await audit.AppendAsync(
                new AuditEntry(clock.Wall, $"robot {link.RobotName}", "grant.refused", grant.Session, reason), cancellationToken);
        }
    }

    private static bool AreShort(RepeatedField<string> texts) => texts.Count <= MaxTexts && texts.All(text => text.Length <= MaxTextLength);

    private static string Shorten(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];
}

internal static partial class RobotLinkLog
{
    [LoggerMessage(3101, LogLevel.Information, "Link of {Robot} is up (agent {Version}, simulated: {Simulated})")]
    public static partial void Up(ILogger logger, string robot, string version, bool simulated);

    [LoggerMessage(3102, LogLevel.Information, "Link of {Robot} is down")]
    public static partial void Down(ILogger logger, string robot);

    [LoggerMessage(3103, LogLevel.Warning, "{Robot} refused (session {Session}, command {Sequence}): {Reason}")]
    public static partial void Refused(ILogger logger, string robot, string session, ulong sequence, string reason);

    [LoggerMessage(3104, LogLevel.Debug, "{Robot} sent something unexpected: {What}")]
    public static partial void Unexpected(ILogger logger, string robot, RobotMessage.WhatOneofCase what);

    [LoggerMessage(3105, LogLevel.Information, "{Robot} serves session {Session} under grant {FencingNumber}")]
    public static partial void Granted(ILogger logger, string robot, string session, ulong fencingNumber);

    [LoggerMessage(3106, LogLevel.Information, "Grant {FencingNumber} of {Robot} for session {Session} has ended: {Reason}")]
    public static partial void Withdrawn(ILogger logger, string robot, string session, ulong fencingNumber, string reason);

    [LoggerMessage(3107, LogLevel.Warning, "{Robot} was not given ad-hoc session {Session}: start it with --simulate or --allow-adhoc")]
    public static partial void TakesNoAdHoc(ILogger logger, string robot, string session);

    [LoggerMessage(3109, LogLevel.Warning, "{Robot} says more than {Limit} messages a second: what is beyond is dropped and counted")]
    public static partial void TooMuch(ILogger logger, string robot, int limit);

    [LoggerMessage(3110, LogLevel.Error, "Nothing could be decided about session {Session}: it is refused, and the others go on")]
    public static partial void CanNotDecide(ILogger logger, Exception exception, Guid session);

    [LoggerMessage(3108, LogLevel.Error, "Sessions could not be read from the database")]
    public static partial void CanNotRead(ILogger logger, Exception exception);
}
