using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Everything that is kept of people, plans and sessions. It is read and changed in pieces of work.</summary>
public interface IRecords
{
    /// <summary>Begins a piece of work; dispose it. What is not committed has not happened.</summary>
    /// <param name="who">Whose work it is; stands beside each version that it writes.</param>
    /// <param name="now">When.</param>
    /// <param name="claims">What it has for itself. None: it only reads, and waits for nobody.</param>
    Task<IWork> BeginAsync(PersonId who, Instant now, IReadOnlyCollection<Claim> claims, CancellationToken cancellationToken);
}
