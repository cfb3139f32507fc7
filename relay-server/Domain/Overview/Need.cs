using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Domain.Overview;

/// <summary>A fact that may need somebody, before anyone has asked whether it already does.</summary>
/// <param name="Of">Whose plan.</param>
public abstract record Need(PlanPeople Of)
{
    /// <summary>Null while it is too early to be shown.</summary>
    internal abstract OverviewItem? ItemAt(LocalDateTime now, OverviewSettings settings);

    /// <summary>Whether the key adult's grace has run out, so that the lead sees it too.</summary>
    internal abstract bool IsForLead(LocalDateTime now, OverviewSettings settings);

    private protected static string On(LocalDate date) => LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu").Format(date);

    private protected static string At(LocalDateTime time) => LocalDateTimePattern.CreateWithInvariantCulture("HH':'mm 'on' d MMMM uuuu").Format(time);

    public sealed override string ToString() => GetType().Name;
}

/// <summary>Something that falls due on a day.</summary>
public abstract record DatedNeed(PlanPeople Of, LocalDate Due) : Need(Of)
{
    internal override OverviewItem? ItemAt(LocalDateTime now, OverviewSettings settings)
    {
        if (now.Date < Due.PlusDays(-settings.NoticeDays)) return null;
        var urgency = now.Date > Due ? Urgency.Now : now.Date == Due ? Urgency.Today : Urgency.Soon;
        return new(this, urgency, Due.AtMidnight(), ReasonOn(now.Date), NextStep);
    }

    internal override bool IsForLead(LocalDateTime now, OverviewSettings settings) => now.Date > Due.PlusDays(settings.GraceDays);

    private protected abstract string NextStep { get; }

    private protected abstract string ReasonOn(LocalDate today);
}

/// <summary>Something that has to be done before a lesson. Once the lesson has begun it is too late, and no longer listed.</summary>
public abstract record LessonNeed(PlanPeople Of, LocalDateTime Lesson) : Need(Of)
{
    internal override OverviewItem? ItemAt(LocalDateTime now, OverviewSettings settings)
    {
        if (now >= Lesson || now.Date < Lesson.Date.PlusDays(-settings.NoticeDays)) return null;
        return new(this, UrgencyOn(now.Date), Lesson, Reason, NextStep);
    }

    internal override bool IsForLead(LocalDateTime now, OverviewSettings settings) =>
        Period.Between(now, Lesson, PeriodUnits.Seconds).ToDuration() <= settings.LeadSeesLessonWithin;

    private protected abstract string Reason { get; }

    private protected abstract string NextStep { get; }

    private protected virtual Urgency UrgencyOn(LocalDate today) => Lesson.Date == today ? Urgency.Today : Urgency.Soon;
}
