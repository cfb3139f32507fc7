using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>How early things are shown, and how long they are the key adult's alone. Settings of the school or its authority.</summary>
/// <param name="NoticeDays">So many days before contacts fall due and agreements lapse, they are listed; of reviews their own settings say so.</param>
/// <param name="GraceDays">So many days beyond the due day the key adult has before the lead sees it too; of reviews likewise.</param>
/// <param name="LeadSeesLessonWithin">What stands in the way of a lesson can't wait for days: so long before it, the lead sees it too.</param>
public sealed record OverviewSettings(int NoticeDays, int GraceDays, Duration LeadSeesLessonWithin)
{
    public static OverviewSettings Default { get; } = new(NoticeDays: 14, GraceDays: 7, LeadSeesLessonWithin: Duration.FromHours(1));
}
