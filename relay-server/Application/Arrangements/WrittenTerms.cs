using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Arrangements;

/// <summary>The terms of a reduced timetable as somebody writes them: any of it may still be missing.</summary>
/// <param name="IsTemporary">Whoever writes it confirms that.</param>
/// <param name="IsNotForBehaviour">Likewise: that it is not a way to manage behaviour.</param>
public sealed record WrittenTerms(
    string ExceptionalCircumstances, LocalDate? From, LocalDate? Until, AgreedTimetable? Timetable, LocalDate? ReviewOn, string PlaceInPlan,
    string SafeguardingOffSite, Consultation? Consultation, bool IsTemporary, bool IsNotForBehaviour)
{
    public override string ToString() => nameof(WrittenTerms);

    internal Refusal? WhyNot() =>
        TextLimits.WhyNotThis("arrangement.circumstances-too-long", "What makes it necessary", ExceptionalCircumstances)
        ?? TextLimits.WhyNotThis("arrangement.place-too-long", "How it leads back to full time", PlaceInPlan)
        ?? TextLimits.WhyNotThis("arrangement.safeguarding-too-long", "How the pupil is kept safe", SafeguardingOffSite)
        ?? TextLimits.WhyNotThis("arrangement.pupils-words-too-long", "What the pupil says", Consultation?.Pupil?.Words)
        ?? TextLimits.WhyNotThis("arrangement.parents-words-too-long", "What the parents say", Consultation?.ParentsWords)
        ?? WhyNotLine("arrangement.manageable-too-long", "A line of what is manageable", Consultation?.Pupil?.Manageable)
        ?? WhyNotLine("arrangement.motivating-too-long", "A line of what is motivating", Consultation?.Pupil?.Motivating);

    private static Refusal? WhyNotLine(string code, string what, IEnumerable<string>? lines) =>
        TextLimits.WhyNotThis(code, what, lines?.MaxBy(line => line.Length), TextLimits.LongestName);

    internal ArrangementTerms ToTerms(PlanId plan, Act act) => new()
    {
        ExceptionalCircumstances = ExceptionalCircumstances,
        From = From,
        Until = Until,
        Timetable = Timetable,
        ReviewOn = ReviewOn,
        Plan = plan,
        PlaceInPlan = PlaceInPlan,
        SafeguardingOffSite = SafeguardingOffSite,
        Consultation = Consultation,
        ConfirmedTemporary = IsTemporary ? act : null,
        ConfirmedNotForBehaviour = IsNotForBehaviour ? act : null,
    };
}
