using System.Net;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Sfu;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Media shard {Shard} listens on {EndPoint}")]
    public static partial void ShardStarted(ILogger logger, int shard, IPEndPoint endPoint);

    [LoggerMessage(3002, LogLevel.Error, "A media shard has ended; its sessions are lost. Restart the relay and report this")]
    public static partial void ShardEnded(ILogger logger, Exception exception);

    [LoggerMessage(3003, LogLevel.Error, "A datagram or timer met an unexpected error and was dropped")]
    public static partial void DatagramFailed(ILogger logger, Exception exception);

    [LoggerMessage(3004, LogLevel.Information, "{Role} joined session {Session} as {ResourceId}, fencing number {FencingNumber}")]
    public static partial void Joined(ILogger logger, PeerRole role, string session, string resourceId, ulong fencingNumber);

    [LoggerMessage(3005, LogLevel.Information, "{Role} was refused in session {Session}: {Reason}")]
    public static partial void Refused(ILogger logger, PeerRole role, string session, JoinRefusal reason);

    [LoggerMessage(3006, LogLevel.Information, "{ResourceId} left session {Session}")]
    public static partial void Left(ILogger logger, string resourceId, string session);

    [LoggerMessage(3007, LogLevel.Information, "Session {Session} was closed ({Reason}): {Connections} connections")]
    public static partial void Closed(ILogger logger, string session, string reason, int connections);

    [LoggerMessage(3008, LogLevel.Error, "A listener to room changes threw")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(3009, LogLevel.Information, "The relay is draining: it takes nobody new")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(3010, LogLevel.Error, "A DTLS handshake met an unexpected error; the peer may try again")]
    public static partial void HandshakeFailed(ILogger logger, Exception exception);
}
