using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>Which school a pupil is at, and was at: whose staff may know of the pupil before there is a plan.</summary>
/// <remarks>
/// Always true: at most one on each day, in the order of their dates. Of a pupil who is registered at two schools it is the one that runs the plan.
/// </remarks>
public sealed record Schooling
{
    /// <exception cref="ArgumentException">Two placements on one day, or not in their order.</exception>
    public Schooling(PupilId pupil, ImmutableArray<Placement> placements)
    {
        (Pupil, Placements) = (pupil, placements.IsDefault ? [] : placements);
        if (Placements.Zip(Placements.Skip(1)).Any(pair => pair.First.HoldsOn(pair.Second.From) || pair.Second.From < pair.First.From))
            throw new ArgumentException("A pupil is at one school at a time.", nameof(placements));
    }

    public PupilId Pupil { get; }

    public ImmutableArray<Placement> Placements { get; }

    /// <summary>Null on a day on which the pupil is at none.</summary>
    public SchoolId? SchoolOn(LocalDate date) => Placements.FirstOrDefault(placement => placement.HoldsOn(date))?.School;

    /// <summary>The pupil comes to a school; at the one before, the day before is the last.</summary>
    public Outcome<Schooling> Begin(SchoolId school, LocalDate from, Act act)
    {
        if (Placements is not [.. var earlier, var last]) return new Schooling(Pupil, [new Placement(school, from, null, act)]);
        if (from <= last.From || from <= last.Until)
        {
            return new Refusal(
                "schooling.begins-too-early",
                $"The pupil is entered at a school from {last.From.InWords()}{(last.Until is { } until ? $" to {until.InWords()}" : "")}.",
                "Choose a later first day.");
        }

        if (last.School == school && last.Until is null)
            return new Refusal("schooling.there-already", "The pupil is at this school already.", "Nothing needs to be done.");
        var ended = last.Until is null ? last.End(from.PlusDays(-1), act) : last;
        return new Schooling(Pupil, [.. earlier, ended, new Placement(school, from, null, act)]);
    }

    /// <summary>The pupil leaves, to no other school that is entered here.</summary>
    public Outcome<Schooling> End(LocalDate lastDay, Act act)
    {
        if (Placements is not [.. var earlier, { Until: null } last])
            return new Refusal("schooling.at-none", "The pupil is not entered at a school.", "Look at the pupil's schools again.");
        if (lastDay < last.From)
        {
            return new Refusal(
                "schooling.ends-too-early", $"The pupil came to this school on {last.From.InWords()}.", "Choose that day or a later one.");
        }

        return new Schooling(Pupil, [.. earlier, last.End(lastDay, act)]);
    }
}
