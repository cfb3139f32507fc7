using NodaTime;

namespace AV1Relay.Domain.Evaluation;

/// <summary>A term or another span of days, and what the charts call it.</summary>
public sealed record EvaluationPeriod(string Name, DateInterval Dates)
{
    /// <exception cref="ArgumentException">Two periods share a day or a name.</exception>
    internal static void ThrowIfOverlapping(IReadOnlyList<EvaluationPeriod> periods)
    {
        ArgumentNullException.ThrowIfNull(periods);
        var inOrder = periods.OrderBy(period => period.Dates.Start).ToList();
        if (inOrder.Zip(inOrder.Skip(1)).Any(pair => pair.Second.Dates.Start <= pair.First.Dates.End)) throw new ArgumentException("Periods don't overlap.", nameof(periods));
        if (periods.DistinctBy(period => period.Name).Count() < periods.Count) throw new ArgumentException("A name is one period's.", nameof(periods));
    }
}
