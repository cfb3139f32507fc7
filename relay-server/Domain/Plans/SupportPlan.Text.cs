using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;

namespace AV1Relay.Domain.Plans;

/// <content>The plan's text, and which parts of it are confidential.</content>
public sealed partial record SupportPlan
{
    /// <summary>Adds a part, or puts it in the place of the one with the same id. What was confidential stays so: see <see cref="OpenUp(SectionId, Act, PupilsSay?)"/>.</summary>
    public Outcome<SupportPlan> WriteSection(PlanSection section, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (RemovedSections.Contains(section.Id)) return PlanRefusals.SectionRemoved;
        var there = Sections.FirstOrDefault(one => one.Id == section.Id);
        if (there is { IsConfidential: true }) section = section with { IsConfidential = true };
        var sections = there is null ? Sections.Add(section) : Sections.Replace(there, section);
        return Changed(this with { Sections = sections }, PlanChangeKind.Section, $"Wrote the part “{section.Heading}”.", act, say);
    }

    public Outcome<SupportPlan> RemoveSection(SectionId id, Act act, PupilsSay? say)
    {
        var there = Sections.FirstOrDefault(section => section.Id == id);
        if (there is null) return PlanRefusals.NoSuchSection;
        var next = this with { Sections = Sections.Remove(there), RemovedSections = RemovedSections.Add(id) };
        return Changed(next, PlanChangeKind.Section, $"Removed the part “{there.Heading}”.", act, say);
    }

    /// <summary>Marks a part confidential; also in a closed plan, and without waiting for anybody: it protects.</summary>
    public Outcome<SupportPlan> MarkConfidential(SectionId id, Act act)
        => Sections.FirstOrDefault(section => section.Id == id) is { } there
            ? Marked(With(there, isConfidential: true), NameOf(there), act)
            : PlanRefusals.NoSuchSection;

    /// <inheritdoc cref="MarkConfidential(SectionId, Act)"/>
    public Outcome<SupportPlan> MarkConfidential(ReviewId id, Act act)
        => Reviews.FirstOrDefault(review => review.Id == id) is { } there
            ? Marked(With(there, isConfidential: true), NameOf(there), act)
            : ReviewRefusals.NoSuchReview;

    /// <summary>Marks what the pupil said in a review confidential, and leaves the rest of it open; as <see cref="MarkConfidential(ReviewId, Act)"/> else.</summary>
    public Outcome<SupportPlan> MarkWordsConfidential(ReviewId id, Act act)
        => Reviews.FirstOrDefault(review => review.Id == id) is { } there
            ? Marked(
                this with { Reviews = Reviews.Replace(there, there with { Say = there.Say with { IsConfidential = true } }) },
                $"the pupil's words in {NameOf(there)}", act)
            : ReviewRefusals.NoSuchReview;

    /// <summary>Makes a confidential part one that people outside the school read too: a change like any other, with the pupil's say.</summary>
    public Outcome<SupportPlan> OpenUp(SectionId id, Act act, PupilsSay? say)
        => Sections.FirstOrDefault(section => section.Id == id) is { } there
            ? Changed(With(there, isConfidential: false), PlanChangeKind.OpenedUp, $"Opened up {NameOf(there)}.", act, say)
            : PlanRefusals.NoSuchSection;

    /// <inheritdoc cref="OpenUp(SectionId, Act, PupilsSay?)"/>
    public Outcome<SupportPlan> OpenUp(ReviewId id, Act act, PupilsSay? say)
        => Reviews.FirstOrDefault(review => review.Id == id) is { } there
            ? Changed(With(there, isConfidential: false), PlanChangeKind.OpenedUp, $"Opened up {NameOf(there)}.", act, say)
            : ReviewRefusals.NoSuchReview;

    /// <summary>The plan to read. Confidential parts are left out unless somebody asks for them on purpose.</summary>
    public PlanView View(bool withConfidential = false) => new(
        Id, Pupil, Goal, Status, NextReviewOn, Ladder,
        [.. Sections.Where(section => withConfidential || !section.IsConfidential)],
        [.. Reviews.Where(review => withConfidential || !review.IsConfidential).Select(review => ReviewView.Of(review, withConfidential))],
        [.. (withConfidential ? SaysBut(PlanChangeKind.Review) : SaysBut(PlanChangeKind.Review, PlanChangeKind.Section, PlanChangeKind.OpenedUp))
            .Where(say => withConfidential || !say.IsConfidential)]);

    private static string NameOf(PlanSection section) => $"the part “{section.Heading}”";

    private static string NameOf(Review review) => $"the review of {review.HeldOn:uuuu-MM-dd}";

    private SupportPlan With(PlanSection section, bool isConfidential)
        => this with { Sections = Sections.Replace(section, section with { IsConfidential = isConfidential }) };

    private SupportPlan With(Review review, bool isConfidential)
        => this with { Reviews = Reviews.Replace(review, review with { IsConfidential = isConfidential }) };

    private SupportPlan Marked(SupportPlan next, string what, Act act)
        => Recorded(next, PlanChangeKind.MarkedConfidential, $"Marked {what} as confidential.", act, say: null);
}
