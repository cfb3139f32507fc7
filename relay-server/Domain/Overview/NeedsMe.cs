using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>"What needs me": a member of staff's day as one list.</summary>
public static class NeedsMe
{
    /// <summary>The most urgent first; of equally urgent ones, the earliest due.</summary>
    /// <param name="who">Sees what waits for them as a plan's key adult; and as its lead what has waited for longer than the key adult's grace.</param>
    /// <param name="needs">Of any plans, settled ones left out.</param>
    /// <param name="now">Wall time at the school.</param>
    public static IReadOnlyList<OverviewItem> For(PersonId who, IEnumerable<Need> needs, LocalDateTime now, OverviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. needs
                .Where(need => need.Of.KeyAdult == who || (need.Of.Lead == who && need.IsForLead(now, settings)))
                .Select(need => need.ItemAt(now, settings))
                .OfType<OverviewItem>()
                .OrderBy(item => item.Urgency)
                .ThenBy(item => item.Due),
        ];
    }
}
