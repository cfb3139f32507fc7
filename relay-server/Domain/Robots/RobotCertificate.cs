using NodaTime;

namespace AV1Relay.Domain.Robots;

/// <summary>A certificate that the relay's own CA gave to a robot; a robot may hold two while it renews.</summary>
/// <param name="SerialNumber">Upper-case hexadecimal, as X.509 tools print it.</param>
/// <param name="RobotName">Whose it is.</param>
/// <param name="NotAfter">When it ends.</param>
public sealed record RobotCertificate(string SerialNumber, string RobotName, Instant NotAfter);
