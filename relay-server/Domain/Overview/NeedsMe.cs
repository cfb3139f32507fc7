using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>"What needs me": a member of staff's day as one list.</summary>
public static class NeedsMe
{
    /// <summary>The most urgent first; of equally urgent ones, the earliest due.</summary>
    /// <param name="needs">Those of one school, settled ones left out.</param>
    /// <param name="now">Wall time at the school.</param>
    public static IReadOnlyList<OverviewItem> For(Viewer viewer, IEnumerable<Need> needs, LocalDateTime now, OverviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. needs
                .Where(need => need.KeyAdult == viewer.Who || (viewer.Role == ViewerRole.Lead && need.IsForLead(now, settings)))
                .Select(need => need.ItemAt(now, settings))
                .OfType<OverviewItem>()
                .OrderBy(item => item.Urgency)
                .ThenBy(item => item.Due),
        ];
    }
}
