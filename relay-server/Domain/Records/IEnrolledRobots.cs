using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Which robots belong to this relay, within one piece of work: what is changed is kept together with the rest of it, or not at all.</summary>
public interface IEnrolledRobots
{
    /// <summary>Removed or not; null when there never was one.</summary>
    Task<Robot?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Of these names, those that were ever enrolled: removed ones too, in no order.</summary>
    Task<IReadOnlyList<Robot>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>An invented one. It has no certificate, so nothing can ever come in under its name.</summary>
    void AddInvented(string name, Instant at);

    /// <summary>It is let in no more, and belongs to no school.</summary>
    /// <returns>False when there is no such robot or it had been removed before.</returns>
    /// <exception cref="InvalidOperationException">The work claims nothing.</exception>
    Task<bool> RemoveAsync(string name, Instant at, CancellationToken cancellationToken);
}
