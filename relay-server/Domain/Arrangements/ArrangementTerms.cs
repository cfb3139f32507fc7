using AV1Relay.Domain.Plans;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

public readonly record struct ArrangementId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>What is written down about a reduced timetable before anybody agrees to it. A draft may lack any of it; an active one lacks nothing.</summary>
public sealed record ArrangementTerms
{
    /// <summary>The exceptional circumstances, in words (SI 2024/208 reg. 11(6)).</summary>
    public string ExceptionalCircumstances { get; init; } = "";

    /// <summary>The first day with the reduced timetable.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The last day with it. On the next day it is not in force any more, whatever else happens.</summary>
    public LocalDate? Until { get; init; }

    /// <summary>When the pupil is expected at school.</summary>
    public AgreedTimetable? Timetable { get; init; }

    /// <summary>When the first review is held, with pupil and parents.</summary>
    public LocalDate? ReviewOn { get; init; }

    /// <summary>The wider plan of reintegration that it is a part of.</summary>
    public PlanId? Plan { get; init; }

    /// <summary>How it leads back to full time within that plan, in words.</summary>
    public string PlaceInPlan { get; init; } = "";

    /// <summary>How the pupil is kept safe at the times off site, in words.</summary>
    public string SafeguardingOffSite { get; init; } = "";

    /// <summary>What pupil and parents said when the terms were made.</summary>
    public Consultation? Consultation { get; init; }

    /// <summary>Somebody has confirmed that it is temporary.</summary>
    public Act? ConfirmedTemporary { get; init; }

    /// <summary>Somebody has confirmed that it is not a way to manage behaviour.</summary>
    public Act? ConfirmedNotForBehaviour { get; init; }

    public override string ToString() => nameof(ArrangementTerms);
}

/// <summary>Pupil and parents were asked, and this is what they said: all of it before the terms are put in force, and in a draft what is known so far.</summary>
/// <remarks>Always true: the parents' words are not empty. "Would rather not say" are words too.</remarks>
public sealed record Consultation
{
    /// <param name="on">Null: not noted yet.</param>
    /// <param name="pupil">With the parts of the day that the pupil finds manageable and motivating. Null: not asked yet.</param>
    /// <param name="parentsWords">Null: not asked yet.</param>
    /// <exception cref="ArgumentException">The parents' words are empty.</exception>
    public Consultation(LocalDate? on = null, PupilsSay? pupil = null, string? parentsWords = null)
    {
        if (parentsWords is not null) ArgumentException.ThrowIfNullOrWhiteSpace(parentsWords);
        (On, Pupil, ParentsWords) = (on, pupil, parentsWords);
    }

    public LocalDate? On { get; }

    public PupilsSay? Pupil { get; }

    public string? ParentsWords { get; }

    public override string ToString() => nameof(Consultation);
}
