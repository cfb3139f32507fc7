using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>An adult is a parent or carer of a pupil, and whether the pupil normally lives with them.</summary>
/// <remarks>
/// Always true: it doesn't end before it begins; who ended it, gave it a last day. It opens nothing: what a parent may read is given by an assignment. Only a parent whom the
/// pupil normally lives with agrees to a reduced timetable (SI 2024/208 reg. 11(6)); when a pupil moves, one ends and another begins.
/// </remarks>
public sealed record Parenthood
{
    /// <param name="from">The first day for which it is entered.</param>
    /// <param name="until">The last day; null: it holds.</param>
    /// <param name="ended">Who ended it; null while nobody has.</param>
    /// <exception cref="ArgumentException">It ends before it begins, or was ended without a last day.</exception>
    public Parenthood(PersonId parent, PupilId pupil, bool livesWith, LocalDate from, LocalDate? until, Act entered, Act? ended = null)
    {
        ArgumentNullException.ThrowIfNull(entered);
        if (until < from) throw new ArgumentException("It doesn't end before it begins.", nameof(until));
        if (ended is not null && until is null) throw new ArgumentException("What was ended has a last day.", nameof(until));
        (Parent, Pupil, LivesWith, From, Until, Entered, Ended) = (parent, pupil, livesWith, from, until, entered, ended);
    }

    public PersonId Parent { get; }

    public PupilId Pupil { get; }

    /// <summary>The pupil normally lives with this parent; with two homes, that can be true of both.</summary>
    public bool LivesWith { get; }

    public LocalDate From { get; }

    public LocalDate? Until { get; }

    public Act Entered { get; }

    public Act? Ended { get; }

    public bool HoldsOn(LocalDate date) => From <= date && !(Until < date);

    /// <summary>A parent or carer as somebody enters them, from today on.</summary>
    /// <param name="entered">Who was entered as a parent of the pupil before.</param>
    public static Outcome<Parenthood> Enter(IEnumerable<Parenthood> entered, PersonId parent, PupilId pupil, bool livesWith, LocalDate today, Act act)
        => entered.Any(entry => entry.Parent == parent && entry.Pupil == pupil && entry.HoldsOn(today))
            ? new Refusal("parenthood.there-already", "This person is entered as a parent or carer already.", "To change it, end that entry first.")
            : new Parenthood(parent, pupil, livesWith, today, until: null, act);

    public Outcome<Parenthood> End(LocalDate lastDay, Act act)
        => lastDay < From
            ? new Refusal("parenthood.ends-too-early", $"It is entered from {From.InWords()} on.", "Choose that day or a later one.")
            : new Parenthood(Parent, Pupil, LivesWith, From, lastDay, Entered, act);

    public override string ToString() => nameof(Parenthood);
}
