using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>A plan's next review. When it is shown, and to whom, is what the authority's review settings say of plans.</summary>
public sealed record ReviewDue(PlanPeople Of, LocalDate Due, ReviewSettings Reviews) : Need(Of)
{
    /// <summary>Null: no review falls due.</summary>
    public static ReviewDue? In(SupportPlan plan, ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.NextReviewOn is { } date ? new(PlanPeople.Of(plan), date, settings) : null;
    }

    internal override OverviewItem? ItemAt(LocalDateTime now, OverviewSettings settings) => Reviews.StandingOf(Due, now.Date) switch
    {
        ReviewStanding.NotDue => null,
        ReviewStanding.Due => new(this, now.Date == Due ? Urgency.Today : Urgency.Soon, Due.AtMidnight(), $"A review is due on {On(Due)}.", NextStep),
        _ => new(this, Urgency.Now, Due.AtMidnight(), $"The review was due on {On(Due)}.", NextStep),
    };

    internal override bool IsForLead(LocalDateTime now, OverviewSettings settings) => Reviews.StandingOf(Due, now.Date) >= ReviewStanding.OverdueForLead;

    private const string NextStep
        = "Hold the review with the pupil and parents, and agree the next date. A plan long overdue can't book new sessions with the robot.";
}

/// <summary>Robot use rises while steps in person stall (domain rule 8). It asks for a review; nothing stops, and nothing is overdue.</summary>
/// <param name="Why">In words.</param>
/// <param name="Since">The last day of the time that was looked at.</param>
public sealed record RobotUseRises(PlanPeople Of, string Why, LocalDate Since) : Need(Of)
{
    /// <summary>Null: nothing is asked for, or a review has been held since.</summary>
    public static RobotUseRises? In(SupportPlan plan, RobotAgainstSteps robotUse)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(robotUse);
        if (plan.Status != PlanStatus.Active || !robotUse.AsksForReview) return null;
        var since = robotUse.Periods[^1].Dates.End; // it asks, so there are some
        return plan.Reviews.Any(review => review.HeldOn >= since) ? null : new(PlanPeople.Of(plan), robotUse.Reason, since);
    }

    internal override OverviewItem? ItemAt(LocalDateTime now, OverviewSettings settings)
        => now.Date < Since ? null : new(this, Urgency.Soon, Since.AtMidnight(), Why, "Hold a review with the pupil and parents, and bring it forward if it is far off.");

    internal override bool IsForLead(LocalDateTime now, OverviewSettings settings) => now.Date > Since.PlusDays(settings.GraceDays);
}

/// <summary>An agreement or arrangement that ends: it is not in force after its last day, and nothing rolls over.</summary>
/// <param name="What">What lapses, in plain words: "The agreement to the reduced timetable".</param>
/// <param name="Due">Its last day.</param>
public sealed record AgreementLapses(PlanPeople Of, string What, LocalDate Due) : DatedNeed(Of, Due)
{
    private protected override string NextStep => "Talk about it in a review: agree it again with everybody it needs, or let it end.";

    private protected override string ReasonOn(LocalDate today) =>
        today > Due ? $"{What} ended on {On(Due)} and is not in force." : $"{What} ends on {On(Due)}.";
}

/// <summary>The next review of a reduced timetable, with pupil and parents.</summary>
public sealed record ArrangementReviewDue(PlanPeople Of, LocalDate Due) : DatedNeed(Of, Due)
{
    private protected override string NextStep => "Hold it with the pupil and parents, and record it. Only a review can extend a reduced timetable.";

    private protected override string ReasonOn(LocalDate today) =>
        today > Due ? $"The review of the reduced timetable was due on {On(Due)}." : $"A review of the reduced timetable is due on {On(Due)}.";
}

/// <summary>The next regular contact with pupil or parent.</summary>
/// <param name="With">"the pupil", "a parent".</param>
public sealed record ContactDue(PlanPeople Of, string With, LocalDate Due) : DatedNeed(Of, Due)
{
    private protected override string NextStep => "Get in touch, note it, and say when the next contact is.";

    private protected override string ReasonOn(LocalDate today) =>
        today > Due ? $"Contact with {With} was due on {On(Due)}." : $"Contact with {With} is due on {On(Due)}.";
}

/// <summary>A parent has said something to the plan, and nobody has said yet that it was read.</summary>
/// <param name="Due">The day on which it was written: it is never early.</param>
public sealed record CommentToRead(PlanPeople Of, LocalDate Due) : DatedNeed(Of, Due)
{
    private protected override string NextStep => "Read it, answer if an answer is wanted, and say that it was read. The parent sees that.";

    private protected override string ReasonOn(LocalDate today) => $"A parent wrote a comment on the plan on {On(Due)}.";
}

/// <summary>A referral that somebody has to do something about.</summary>
/// <param name="What">"The referral to the inclusion service".</param>
/// <param name="WaitsFor">What it waits for: "to be read and signed off".</param>
/// <param name="Due">Since when it waits: it is never early.</param>
public sealed record HandOffWaiting(PlanPeople Of, string What, string WaitsFor, LocalDate Due) : DatedNeed(Of, Due)
{
    /// <remarks>To sign off, to send and to record the answer is the SENDCo's work, so it never waits for the key adult first.</remarks>
    internal override bool IsForLead(LocalDateTime now, OverviewSettings settings) => true;

    private protected override string NextStep => "Open the referral and take its next step, or say why it is no longer wanted.";

    private protected override string ReasonOn(LocalDate today) => $"{What} has been waiting since {On(Due)} {WaitsFor}.";
}

/// <summary>Missed days have come to where the law's guidance wants a person to look; the software decides nothing.</summary>
/// <param name="Days">Missed in the academic year for a health reason, one after the other or not.</param>
/// <param name="Due">The day on which they came to that.</param>
public sealed record MissedDaysPrompt(PlanPeople Of, int Days, LocalDate Due) : DatedNeed(Of, Due)
{
    private protected override string NextStep =>
        "Consider a referral to the inclusion service (Education Act 1996, section 19), and note what you decide. The decision is yours.";

    private protected override string ReasonOn(LocalDate today) => $"{Days} days have been missed for health reasons in this academic year.";
}
