using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>Days without school that no term says: a bank holiday, an INSET day, a closed week.</summary>
/// <remarks>Always true: a closure of another kind says why.</remarks>
public sealed record Closure
{
    /// <param name="words">Shown to people: <c>Early May bank holiday</c>, <c>no heating</c>. May be empty where the kind says it all.</param>
    /// <exception cref="ArgumentException">A closure of another kind without words.</exception>
    public Closure(DateInterval dates, ClosureKind kind, string words = "")
    {
        ArgumentNullException.ThrowIfNull(dates);
        ArgumentNullException.ThrowIfNull(words);
        if (kind is ClosureKind.Other && string.IsNullOrWhiteSpace(words))
            throw new ArgumentException("A closure says why.", nameof(words));
        (Dates, Kind, Words) = (dates, kind, words);
    }

    /// <summary>Days off as somebody enters them, or all that is wrong with them.</summary>
    public static Outcome<Closure> Enter(LocalDate first, LocalDate last, ClosureKind kind, string words)
    {
        List<Refusal> refusals = [];
        if (last < first) refusals.Add(TimesRefusals.EndsBeforeItBegins);
        if (kind is ClosureKind.Other && string.IsNullOrWhiteSpace(words)) refusals.Add(TimesRefusals.ClosureWithoutWords);
        if (TextLimits.WhyNotName(words) is { } tooLong) refusals.Add(tooLong);
        return refusals.Count > 0 ? Outcome.Refused<Closure>(refusals) : new Closure(new DateInterval(first, last), kind, words.Trim());
    }

    public DateInterval Dates { get; }

    public ClosureKind Kind { get; }

    public string Words { get; }
}

public enum ClosureKind
{
    BankHoliday,

    /// <summary>Staff are taught, pupils are not.</summary>
    InsetDay,

    Other,
}

/// <summary>A day with school that would have none: a Saturday, a day of a holiday.</summary>
/// <param name="Words">Why, shown to people; may be empty.</param>
public sealed record OpenDay(LocalDate Date, string Words = "");
