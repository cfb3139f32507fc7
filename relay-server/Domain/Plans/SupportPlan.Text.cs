using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;

namespace AV1Relay.Domain.Plans;

/// <content>The plan's text, and which parts of it are confidential.</content>
public sealed partial record SupportPlan
{
    /// <summary>Adds a part, or puts it in the place of the one with the same id.</summary>
    public Outcome<SupportPlan> WriteSection(PlanSection section, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(section);
        var there = Sections.FirstOrDefault(one => one.Id == section.Id);
        var sections = there is null ? Sections.Add(section) : Sections.Replace(there, section);
        return Changed(this with { Sections = sections }, PlanChangeKind.Section, $"Wrote the part “{section.Heading}”.", act, say);
    }

    public Outcome<SupportPlan> RemoveSection(SectionId id, Act act, PupilsSay? say)
    {
        var there = Sections.FirstOrDefault(section => section.Id == id);
        if (there is null) return PlanRefusals.NoSuchSection;
        return Changed(this with { Sections = Sections.Remove(there) }, PlanChangeKind.Section, $"Removed the part “{there.Heading}”.", act, say);
    }

    /// <summary>Marks a part confidential or no longer so; also in a closed plan, and without waiting for anybody.</summary>
    public Outcome<SupportPlan> MarkConfidential(SectionId id, bool isConfidential, Act act)
    {
        var there = Sections.FirstOrDefault(section => section.Id == id);
        if (there is null) return PlanRefusals.NoSuchSection;
        var next = this with { Sections = Sections.Replace(there, there with { IsConfidential = isConfidential }) };
        return Marked(next, $"the part “{there.Heading}”", isConfidential, act);
    }

    /// <inheritdoc cref="MarkConfidential(SectionId, bool, Act)"/>
    public Outcome<SupportPlan> MarkConfidential(ReviewId id, bool isConfidential, Act act)
    {
        var there = Reviews.FirstOrDefault(review => review.Id == id);
        if (there is null) return ReviewRefusals.NoSuchReview;
        var next = this with { Reviews = Reviews.Replace(there, there with { IsConfidential = isConfidential }) };
        return Marked(next, $"the review of {there.HeldOn:uuuu-MM-dd}", isConfidential, act);
    }

    /// <summary>The plan to read. Confidential parts are left out unless somebody asks for them on purpose.</summary>
    public PlanView View(bool withConfidential = false) => new(
        Id, Pupil, Goal, Status, NextReviewOn, Ladder,
        [.. Sections.Where(section => withConfidential || !section.IsConfidential)],
        [.. Reviews.Where(review => withConfidential || !review.IsConfidential).Select(review => ReviewView.Of(review, withConfidential))],
        [.. SaysBut(PlanChangeKind.Review).Where(say => withConfidential || !say.IsConfidential)]);

    private SupportPlan Marked(SupportPlan next, string what, bool isConfidential, Act act) => next with
    {
        Changes = Changes.Add(new PlanChange(
            PlanChangeKind.Confidentiality, $"Marked {what} as {(isConfidential ? "confidential" : "no longer confidential")}.", act, say: null)),
    };
}
