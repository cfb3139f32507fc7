using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Storage.Robots;

internal sealed class RobotRow
{
    /// <summary>Given by the database, never again; the robot's name is made of it.</summary>
    public long Number { get; set; }

    public required string Name { get; set; }

    public required Instant EnrolledAt { get; set; }

    public Instant? RemovedAt { get; set; }
}

internal sealed class RobotCertificateRow
{
    public required string SerialNumber { get; set; }

    public required string RobotName { get; set; }

    public required Instant NotAfter { get; set; }
}

internal sealed class EnrolmentCodeRow
{
    public required string Id { get; set; }

    public required string Secret { get; set; }

    public required Instant ExpiresAt { get; set; }

    public int WrongTries { get; set; }

    public Instant? UsedAt { get; set; }

    public Guid? SchoolId { get; set; }

    public static EnrolmentCodeRow Of(StoredEnrolmentCode code) =>
        new() { Id = code.Id, Secret = code.Secret, ExpiresAt = code.ExpiresAt, SchoolId = code.School?.Value };

    public StoredEnrolmentCode ToCode() =>
        new(Id, Secret, ExpiresAt, WrongTries, UsedAt, SchoolId is { } school ? new SchoolId(school) : null);
}
