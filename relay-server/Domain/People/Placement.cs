using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>A pupil is at a school, from a day on.</summary>
/// <remarks>Always true: it doesn't end before it begins; who ended it, gave it a last day.</remarks>
public sealed record Placement
{
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day; null while none is known.</param>
    /// <param name="ended">Who ended it; null while nobody has.</param>
    /// <exception cref="ArgumentException">It ends before it begins, or was ended without a last day.</exception>
    public Placement(SchoolId school, LocalDate from, LocalDate? until, Act entered, Act? ended = null)
    {
        ArgumentNullException.ThrowIfNull(entered);
        if (until < from) throw new ArgumentException("A placement doesn't end before it begins.", nameof(until));
        if (ended is not null && until is null) throw new ArgumentException("What was ended has a last day.", nameof(until));
        (School, From, Until, Entered, Ended) = (school, from, until, entered, ended);
    }

    public SchoolId School { get; }

    public LocalDate From { get; }

    public LocalDate? Until { get; }

    public Act Entered { get; }

    public Act? Ended { get; }

    public bool HoldsOn(LocalDate date) => From <= date && !(Until < date);

    internal Placement End(LocalDate lastDay, Act act) => new(School, From, lastDay, Entered, act);
}
