using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>A term from its first to its last day, with the week or so in its middle without school.</summary>
/// <remarks>Always true: it is named; its half-term lies between its first and its last day, which are not part of it.</remarks>
public sealed record Term
{
    /// <param name="halfTerm">Null for a school that counts six terms a year and has no half-terms.</param>
    /// <exception cref="ArgumentException">No name, or a half-term that is not inside the term.</exception>
    public Term(string name, DateInterval dates, DateInterval? halfTerm = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(dates);
        if (halfTerm is not null && (halfTerm.Start <= dates.Start || halfTerm.End >= dates.End))
            throw new ArgumentException("A half-term lies inside its term.", nameof(halfTerm));
        (Name, Dates, HalfTerm) = (name, dates, halfTerm);
    }

    /// <summary>A term as somebody enters it, or all that is wrong with it.</summary>
    /// <param name="halfTermFirst">The first day off in its middle; null, like the last one: there are none.</param>
    public static Outcome<Term> Enter(string name, LocalDate first, LocalDate last, LocalDate? halfTermFirst, LocalDate? halfTermLast)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(name)) refusals.Add(TimesRefusals.TermNotNamed);
        if (TextLimits.WhyNotName(name) is { } tooLong) refusals.Add(tooLong);
        if (last < first) refusals.Add(TimesRefusals.EndsBeforeItBegins);
        if ((halfTermFirst is null) != (halfTermLast is null) || halfTermLast < halfTermFirst) refusals.Add(TimesRefusals.HalfTermNotWhole);
        else if (halfTermFirst <= first || halfTermLast >= last) refusals.Add(TimesRefusals.HalfTermOutside);
        return refusals.Count > 0
            ? Outcome.Refused<Term>(refusals)
            : new Term(
                name.Trim(), new DateInterval(first, last),
                halfTermFirst is { } from && halfTermLast is { } until ? new DateInterval(from, until) : null);
    }

    public string Name { get; }

    public DateInterval Dates { get; }

    public DateInterval? HalfTerm { get; }
}
