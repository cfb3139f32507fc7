using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Arrangements;

/// <content>From a draft to what is agreed and in force.</content>
public sealed partial record Arrangement
{
    /// <summary>Writes other terms. Who had agreed, agreed to something else: they are asked again.</summary>
    public Outcome<Arrangement> Rewrite(ArrangementTerms terms, Act act)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is not null) return NotADraft();
        return this with { Terms = terms, Written = act, AuthorisedPerson = null, Parent = null };
    }

    /// <summary>Notes that a parent, or the person whom the school has authorised, agrees to the terms as they stand.</summary>
    /// <remarks>
    /// Of a parent with whom the pupil doesn't live, it is refused here and not only when it is put in force: it would stand in the place of
    /// the agreement that the law asks for.
    /// </remarks>
    public Outcome<Arrangement> Agree(Agreement agreement, ArrangementFacts facts)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(facts);
        if (Activated is not null) return NotADraft();
        if (!IsTo(agreement, Id, Terms.Until)) return ArrangementRequirements.AgreedToOther();
        var refusals = new List<Refusal>();
        if (agreement.At < Written.At)
        {
            refusals.Add(new Refusal(
                "arrangement.agreed-before-written",
                "That agreement is older than these terms, so it was to something else.",
                "Show them the terms as they stand, and record when they agreed to these."));
        }

        if (agreement.Capacity is not (AgreementCapacity.Parent or AgreementCapacity.AuthorisedPerson))
        {
            refusals.Add(new Refusal(
                "arrangement.agreement-capacity",
                "A reduced timetable is agreed between a parent whom the pupil normally lives with and a person whom the school has authorised.",
                "Record what the pupil says in the consultation, and ask a parent and the authorised person to agree."));
        }

        var isParent = agreement.Capacity == AgreementCapacity.Parent;
        if (agreement.Who == (isParent ? AuthorisedPerson : Parent)?.Who) refusals.Add(ArrangementRequirements.SamePerson());
        else if (isParent) refusals.AddRange(ArrangementRequirements.OfParent(Pupil, agreement, facts));
        if (WrittenDownForOthers.WhyNot(agreement.Manner, agreement.Recorded) is { } notTheirs) refusals.Add(notTheirs);
        if (refusals.Count > 0) return Outcome.Refused<Arrangement>(refusals);
        return isParent ? this with { Parent = agreement } : this with { AuthorisedPerson = agreement };
    }

    /// <summary>Puts it in force from its first day to its last.</summary>
    /// <returns>The active arrangement, or everything that is missing.</returns>
    public Outcome<Arrangement> Activate(ArrangementFacts facts, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is not null) return NotADraft();
        List<Refusal> missing = [.. WhatIsMissing(facts), .. ArrangementRequirements.OfAgreementsUpTo(act.At, AuthorisedPerson, Parent)];
        return missing.Count > 0 ? Outcome.Refused<Arrangement>(missing) : this with { Activated = act };
    }

    /// <summary>All that stands between this draft and its activation, for a page to show as a list.</summary>
    public IReadOnlyList<Refusal> WhatIsMissing(ArrangementFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. ArrangementRequirements.OfTermsAndAgreements(this),
            .. ArrangementRequirements.OfParent(Pupil, Parent, facts),
            .. ArrangementRequirements.OfAge(Terms.From, Terms.Until, facts),
            .. ArrangementRequirements.OfDates(Terms, facts),
            .. ArrangementRequirements.OfOthers(this, Terms.From, Terms.Until, facts),
        ];
    }

    private static Refusal NotADraft()
        => new(
            "arrangement.not-draft",
            "This reduced timetable has been agreed and activated; what was agreed stays as it is.",
            "Change its dates in a review, or end it and agree a new one.");
}
