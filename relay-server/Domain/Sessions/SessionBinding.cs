namespace AV1Relay.Domain.Sessions;

/// <summary>Which robot serves an ad-hoc session, and when.</summary>
/// <param name="Session">The session.</param>
/// <param name="RobotName">The enrolled robot that serves it.</param>
/// <param name="Window">When it may be live.</param>
/// <param name="FencingNumber">Higher than that of every binding made before, across restarts.</param>
public sealed record SessionBinding(string Session, string RobotName, SessionWindow Window, long FencingNumber);
