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

    public string Name { get; }

    public DateInterval Dates { get; }

    public DateInterval? HalfTerm { get; }
}
