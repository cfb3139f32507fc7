using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>"What needs me": a member of staff's day as one list.</summary>
public static class NeedsMe
{
    /// <summary>Their own first; of those the most urgent first, and of equally urgent ones the earliest due.</summary>
    /// <param name="who">Sees what waits for them as a plan's key adult; and as its lead what has waited for longer than the key adult's grace.</param>
    /// <param name="isOfWholeSchool">Looks after all plans of the school: then what is overdue with others' plans follows, once its own people have had their grace.</param>
    /// <param name="needs">Of any plans, settled ones left out.</param>
    /// <param name="now">Wall time at the school.</param>
    public static IReadOnlyList<OverviewItem> For(PersonId who, IEnumerable<Need> needs, LocalDateTime now, OverviewSettings settings, bool isOfWholeSchool = false)
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. needs
                .Select(need => (Need: need, IsOwn: need.Of.KeyAdult == who || (need.Of.Lead == who && need.IsForLead(now, settings))))
                .Where(found => found.IsOwn || (isOfWholeSchool && found.Need.Of.Lead != who && found.Need.IsForLead(now, settings)))
                .Select(found => found.Need.ItemAt(now, settings) is { } item ? item with { IsOwn = found.IsOwn } : null)
                .OfType<OverviewItem>()
                .Where(item => item.IsOwn || item.Urgency == Urgency.Now)
                .OrderBy(item => !item.IsOwn)
                .ThenBy(item => item.Urgency)
                .ThenBy(item => item.Due),
        ];
    }
}
