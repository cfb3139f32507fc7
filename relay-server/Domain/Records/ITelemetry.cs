using AV1Relay.Domain.Privacy;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>What links and robots leave behind: which robot a session had, codes that have run out. It says nothing about a person.</summary>
public interface ITelemetry
{
    /// <summary>Deletes what was over before that day, within work that claims something.</summary>
    /// <param name="limit">About so many.</param>
    /// <returns>What is gone.</returns>
    Task<IReadOnlyList<RecordFacts>> DeleteAsync(LocalDate overBefore, int limit, CancellationToken cancellationToken);
}
