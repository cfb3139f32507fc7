namespace AV1Relay.Domain.Robots;

/// <summary>Which robots belong to this relay.</summary>
public interface IRobotRegistry
{
    Task<Robot?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>The robot that a certificate was given to, removed or not; null when this relay never gave it out.</summary>
    Task<Robot?> FindByCertificateAsync(string serialNumber, CancellationToken cancellationToken);

    /// <summary>Of these names, those that are let in: enrolled, and not removed.</summary>
    Task<IReadOnlySet<string>> WhoIsLetInAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>All of them, removed ones too, in the order of their enrolment.</summary>
    Task<IReadOnlyList<Robot>> ListAsync(CancellationToken cancellationToken);

    Task AddCertificateAsync(RobotCertificate certificate, CancellationToken cancellationToken);
}
